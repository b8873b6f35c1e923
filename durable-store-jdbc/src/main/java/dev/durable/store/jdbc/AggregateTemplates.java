package dev.durable.store.jdbc;

import java.util.List;

import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.DataAccessStrategyFactory;
import org.springframework.data.jdbc.core.convert.DefaultJdbcTypeFactory;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.convert.MappingJdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/**
 * Makes a template of Spring Data JDBC that nobody else sees: as beans, its parts would
 * replace the application's own, and ask the database for its dialect at start-up.
 */
final class AggregateTemplates {

	private AggregateTemplates() {
	}

	static JdbcAggregateOperations create(JdbcDialect dialect, NamedParameterJdbcOperations operations,
			TablePrefix tables) {
		JdbcMappingContext context = JdbcMappingContext.forPlainIdentifiers(new TableNames(tables));
		JdbcCustomConversions conversions = JdbcCustomConversions.of(dialect, List.of());
		context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
		context.afterPropertiesSet();
		// rows have no parts in other tables that the converter would have to look up
		MappingJdbcConverter converter = new MappingJdbcConverter(context, (identifier, path) -> List.of(), conversions,
				new DefaultJdbcTypeFactory(operations.getJdbcOperations()));
		return new JdbcAggregateTemplate(converter,
				new DataAccessStrategyFactory(converter, operations, dialect, QueryMappingConfiguration.EMPTY)
					.create());
	}

	/**
	 * Names the tables by their prefix.
	 *
	 * @param tables the prefix
	 */
	private record TableNames(TablePrefix tables) implements NamingStrategy {

		@Override
		public String getTableName(Class<?> type) {
			return this.tables.apply((type == StoredEvent.class) ? "durable_event" : "durable_execution");
		}

	}

}
