package dev.durable.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class DocsApplication {

}
