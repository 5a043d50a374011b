package dev.stint.job;

import static dev.stint.job.StateName.CANCELLED;
import static dev.stint.job.StateName.FAILED;
import static dev.stint.job.StateName.QUEUED;
import static dev.stint.job.StateName.RETRYING;
import static dev.stint.job.StateName.RUNNING;
import static dev.stint.job.StateName.SCHEDULED;
import static dev.stint.job.StateName.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MoveTest {
  /** The table of the design, written out: 9 moves by 7 states. */
  private static final Map<StateName, Map<Move, StateName>> TABLE =
      Map.of(
          SCHEDULED, Map.of(Move.PROMOTE, QUEUED, Move.CANCEL, CANCELLED),
          QUEUED, Map.of(Move.CLAIM, RUNNING, Move.CANCEL, CANCELLED, Move.RESCUE, QUEUED),
          RUNNING,
              Map.of(
                  Move.CLAIM, RUNNING,
                  Move.COMPLETE, SUCCEEDED,
                  Move.RETRY_LATER, RETRYING,
                  Move.GIVE_UP, FAILED,
                  Move.GIVE_BACK, QUEUED,
                  Move.RESCUE, QUEUED,
                  Move.CANCEL, CANCELLED),
          RETRYING, Map.of(Move.PROMOTE, QUEUED, Move.CANCEL, CANCELLED),
          SUCCEEDED, Map.of(Move.REQUEUE, QUEUED),
          FAILED, Map.of(Move.REQUEUE, QUEUED),
          CANCELLED, Map.of(Move.REQUEUE, QUEUED));

  static Stream<Arguments> everyPair() {
    return Arrays.stream(StateName.values())
        .flatMap(state -> Arrays.stream(Move.values()).map(move -> Arguments.of(state, move)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void a_move_leads_where_the_table_says_and_nowhere_else(StateName state, Move move) {
    var expected = TABLE.get(state).get(move);

    assertThat(move.from(state).orElse(null)).isEqualTo(expected);
    assertThat(move.isLegalFrom(state)).isEqualTo(expected != null);
  }

  /** The sealed states and the enum are two forms of one table; this keeps them one. */
  @ParameterizedTest
  @MethodSource("everyPair")
  void a_state_has_a_method_for_just_its_legal_moves(StateName state, Move move) throws Exception {
    var type = Class.forName("dev.stint.job.JobState$" + camel(state.name(), true));
    var method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(m -> m.getName().equals(camel(move.name(), false)))
            .findFirst();

    assertThat(method.isPresent()).isEqualTo(move.isLegalFrom(state));
    method.ifPresent(m ->
        assertThat(m.getReturnType().getSimpleName()).isEqualTo(camel(move.to().name(), true)));
  }

  @Test
  void states_have_no_other_moves() {
    var moves =
        Arrays.stream(JobState.class.getPermittedSubclasses())
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(m -> JobState.class.isAssignableFrom(m.getReturnType()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    var known =
        Arrays.stream(Move.values()).map(m -> camel(m.name(), false)).collect(Collectors.toSet());

    assertThat(moves).isEqualTo(known);
  }

  @Test
  void only_ended_jobs_are_final() {
    assertThat(Arrays.stream(StateName.values()).filter(StateName::isFinal))
        .containsExactlyInAnyOrderElementsOf(Set.of(SUCCEEDED, FAILED, CANCELLED));
  }

  private static String camel(String constant, boolean upper) {
    var words = constant.toLowerCase(Locale.ROOT).split("_");
    var name =
        Arrays.stream(words)
            .map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1))
            .collect(Collectors.joining());
    return upper ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
