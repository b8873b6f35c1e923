package dev.durable.docs;

import java.nio.file.Path;

import dev.durable.payload.FileSystemPayloadStore;
import dev.durable.payload.PayloadStore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/** Not scanned: other examples keep their payloads in the history. */
class PayloadFiles {

	@Bean
	PayloadStore durablePayloads(@Value("${archive.volume}") Path volume) {
		return new FileSystemPayloadStore(volume.resolve("durable"));
	}

}
