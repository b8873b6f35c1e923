package dev.durable.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.durable.codec.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Payloads as texts. */
class WireTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"a\":\"ü€😀\"}", "durable;base64,", "durable;base64,AAAA", "durable;base64,?" })
	void textIsReadAsItWasWritten(String text) {
		assertThat(WireText.read(WireText.write(Payload.ofText(text)))).isEqualTo(Payload.ofText(text));
	}

	@Test
	void jsonIsWrittenAsItIs() {
		assertThat(WireText.write(Payload.ofText("{\"a\":1}"))).isEqualTo("{\"a\":1}");
	}

	@Test
	void bytesThatAreNoTextAreReadAsTheyWereWritten() {
		Payload bytes = new Payload(new byte[] { (byte) 0xF5, 'd', 'u', 'r', 0, (byte) 0xFF });
		assertThat(WireText.write(bytes)).isEqualTo("durable;base64,9WR1cgD/");
		assertThat(WireText.read(WireText.write(bytes))).isEqualTo(bytes);
	}

	@Test
	void textOfAnotherThatOnlyLooksLikeBase64IsWhatItIs() {
		assertThat(WireText.read("durable;base64,?").text()).isEqualTo("durable;base64,?");
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 101, 102, 103, 262_144 })
	void bytesWithinTheCapacityFit(int size) {
		byte[] bytes = new byte[WireText.binaryCapacity(size)];
		Arrays.fill(bytes, (byte) 0xFF);
		assertThat(WireText.write(new Payload(bytes)).getBytes(StandardCharsets.US_ASCII).length)
			.isLessThanOrEqualTo(size);
	}

}
