package dev.durable.autoconfigure.jdbc;

import javax.sql.DataSource;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if there is a {@code DataSource}, also one that is only injected by its
 * qualifier.
 */
class OnJdbcStoreCondition extends AnyNestedCondition {

	OnJdbcStoreCondition() {
		super(ConfigurationCondition.ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(DataSource.class)
	static class AnyDataSource {

	}

	@Conditional(OnMarkedBean.class)
	static class MarkedDataSource {

	}

	/** {@code @ConditionalOnBean} passes over beans that are no default candidates. */
	static class OnMarkedBean implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
			return beanFactory != null && BeanFactoryUtils.beanNamesForAnnotationIncludingAncestors(beanFactory,
					DurableDataSource.class).length > 0;
		}

	}

}
