package io.synod.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

class JedisTest {
  @ParameterizedTest
  @EnumSource(value = RedisProtocol.class, names = {"RESP2", "RESP3"})
  void aStockClientIsServedInBothProtocols(RedisProtocol protocol) throws Exception {
    try (RespFixture fixture = new RespFixture();
        RedisClient redis = RedisClient.builder()
            .hostAndPort(new HostAndPort("127.0.0.1", fixture.port))
            .clientConfig(DefaultJedisClientConfig.builder().protocol(protocol).build())
            .build()) {
      assertThat(redis.set("k", "v", SetParams.setParams().nx().ex(100))).isEqualTo("OK");
      assertThat(redis.set("k", "w", SetParams.setParams().nx())).isNull();
      assertThat(redis.ttl("k")).isEqualTo(100);
      assertThat(redis.mget("k", "none")).isEqualTo(Arrays.asList("v", null));
      try (AbstractPipeline pipeline = redis.pipelined()) {
        Response<Long> first = pipeline.incr("n");
        Response<String> read = pipeline.get("n");
        Response<Long> second = pipeline.incrBy("n", 41);
        pipeline.sync();
        assertThat(List.of(first.get(), second.get())).isEqualTo(List.of(1L, 42L));
        assertThat(read.get()).isEqualTo("1");
      }
      try (AbstractTransaction transaction = redis.multi()) {
        transaction.incr("n");
        transaction.get("none");
        assertThat(transaction.exec()).isEqualTo(Arrays.asList(43L, null));
      }
    }
  }
}
