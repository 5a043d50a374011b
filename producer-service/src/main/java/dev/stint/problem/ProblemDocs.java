package dev.stint.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Tells the OpenAPI document what every error looks like. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemDocs implements OASFilter {
  @Override
  public Operation filterOperation(Operation operation) {
    operation
        .getResponses()
        .getAPIResponses()
        .forEach((status, response) -> {
          if (status.startsWith("4") || status.startsWith("5")) {
            describe(response);
          }
        });
    return operation;
  }

  private static void describe(APIResponse response) {
    var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
    response.setContent(
        OASFactory.createContent()
            .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema)));
  }
}
