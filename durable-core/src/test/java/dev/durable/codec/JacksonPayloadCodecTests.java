package dev.durable.codec;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.durable.TypeRef;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JacksonPayloadCodecTests {

	private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

	record Line(String item, int quantity, Instant at) {

	}

	@Test
	void genericTypesSurviveTheRoundTrip() {
		Type type = new TypeRef<Map<String, List<Line>>>() {
		}.type();
		Map<String, List<Line>> value = Map.of("ö", List.of(new Line("tea", 2, Instant.parse("2026-01-01T00:00:00Z"))));
		assertThat(this.codec.decode(this.codec.encode(value, type), type)).isEqualTo(value);
	}

	@Test
	void argumentsKeepTheirTypes() {
		ArgumentsType type = new ArgumentsType(List.of(Line.class, long.class, String.class));
		Object[] arguments = { new Line("tea", 1, Instant.EPOCH), 7L, null };
		assertThat((Object[]) this.codec.decode(this.codec.encode(arguments, type), type)).containsExactly(arguments);
	}

	@Test
	void payloadThatCannotBeReadIsDescribedWithoutItsContent() {
		Payload secret = Payload.ofText("{\"item\":\"tea\",\"quantity\":\"4111-1111\"}");
		assertThatExceptionOfType(PayloadCodecException.class).isThrownBy(() -> this.codec.decode(secret, Line.class))
			.withMessageContaining("at 'quantity'")
			.withMessageNotContaining("4111")
			.withNoCause();
	}

	@Test
	void payloadCannotChooseItsClassWhateverTheMapperSays() {
		JsonMapper open = JsonMapper.builder()
			.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
					DefaultTyping.NON_FINAL)
			.build();
		JacksonPayloadCodec closed = new JacksonPayloadCodec(open);
		assertThat(closed.encode(Map.of("a", 1), Object.class).text()).isEqualTo("{\"a\":1}");
		assertThat(closed.decode(Payload.ofText("[\"java.util.Date\",0]"), Object.class)).isInstanceOf(List.class);
	}

	@Test
	void payloadTellsItsSizeOnly() {
		assertThat(Payload.ofText("secret")).hasToString("Payload[6 bytes]").isEqualTo(Payload.ofText("secret"));
	}

}
