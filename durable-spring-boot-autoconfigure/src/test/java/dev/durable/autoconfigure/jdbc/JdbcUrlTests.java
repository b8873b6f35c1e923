package dev.durable.autoconfigure.jdbc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link JdbcUrl}. */
class JdbcUrlTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:mem:test,true,true", "jdbc:h2:async:./data/app;WRITE_DELAY=0,true,false",
			"jdbc:h2:~/app,true,false", "jdbc:h2:tcp://db/app,false,false", "jdbc:h2:ssl://db/app,false,false",
			"jdbc:postgresql://db/app,false,false", ",false,false" })
	void urlWhenReadTellsWhereTheDatabaseLives(String text, boolean embedded, boolean inMemory) {
		assertThat(new JdbcUrl(text).isEmbedded()).isEqualTo(embedded);
		assertThat(new JdbcUrl(text).isInMemory()).isEqualTo(inMemory);
	}

}
