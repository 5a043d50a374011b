package dev.stint;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for the code of all modules. This module is built last, so all of them are there. */
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  /** A command line, whose work is to print and to wait. */
  private static final String COMMAND_LINE = "dev.stint.local..";

  private static JavaClasses all;

  @BeforeAll
  static void read() throws IOException {
    all = new ClassFileImporter().importPaths(modules());
  }

  @Test
  void every_module_is_looked_at() throws IOException {
    assertThat(modules()).hasSize(modulesOfPom());
  }

  @Test
  void packages_do_not_depend_on_each_other_in_circles() {
    check(slices().matching("dev.stint.(*)..").should().beFreeOfCycles());
    check(slices().matching("dev.stint.local.(*)..").should().beFreeOfCycles());
  }

  @Test
  void shared_model_is_plain_java() {
    JavaClasses model = new ClassFileImporter().importPath(classesOf("shared-model"));

    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.stint..", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")
        .check(model);
  }

  @Test
  void only_the_store_knows_redis() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.stint.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis.."));
  }

  @Test
  void only_resources_and_problems_know_http() {
    check(
        noClasses()
            .that(areNot(simpleNameEndingWith("Resource").or(resideInAnyPackage("..problem.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs.."));
  }

  @Test
  void time_and_ids_are_injected() {
    check(
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID"));
  }

  @Test
  void only_command_lines_print_and_sleep() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND_LINE)
            .and()
            .haveNameNotMatching(".*(Console|Main)")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void dependencies_come_through_constructors() {
    check(noFields().should().beAnnotatedWith("jakarta.inject.Inject"));
  }

  @Test
  void classes_are_named_for_what_they_are() {
    check(
        noClasses()
            .should()
            .haveSimpleNameStartingWith("Abstract")
            .orShould()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(all);
  }

  private static DescribedPredicate<JavaClass> areNot(
      DescribedPredicate<? super JavaClass> predicate) {
    return DescribedPredicate.not(predicate).forSubtype();
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .map(folder -> folder.resolve("target/classes"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static int modulesOfPom() throws IOException {
    return (int)
        Files.readString(ROOT.resolve("pom.xml"))
            .lines()
            .filter(line -> line.contains("<module>"))
            .count();
  }

  private static Path classesOf(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }
}
