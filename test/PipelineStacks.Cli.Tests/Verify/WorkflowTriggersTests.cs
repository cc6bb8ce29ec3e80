using PipelineStacks.Aws.Glue;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class WorkflowTriggersTests
{
    [Theory]
    [InlineData("SCHEDULED", "ACTIVATED", false)]
    [InlineData("SCHEDULED", "CREATED", true)]
    [InlineData("SCHEDULED", "DEACTIVATED", true)]
    [InlineData("CONDITIONAL", "ACTIVATING", false)]
    [InlineData("CONDITIONAL", "CREATED", true)]
    [InlineData("CONDITIONAL", "DEACTIVATING", true)]
    // They hear of events from the beginning.
    [InlineData("EVENT", "CREATED", false)]
    [InlineData("EVENT", "ACTIVATED", false)]
    [InlineData("EVENT", "DEACTIVATED", true)]
    [InlineData("ON_DEMAND", "CREATED", false)]
    public void Trigger_ByTypeAndState_IsIdleOrNot(string type, string state, bool isIdle)
    {
        var workflow = new Workflow
        {
            Name = "pipelines-dev-lake",
            Graph = new([new() { Type = "TRIGGER", Name = "t", UniqueId = "1", TriggerDetails = new(new Trigger { Name = "pipelines-dev-lake-t", Type = type, State = state }) }], []),
        };
        WorkflowTriggers.Idle(workflow).ShouldBe(isIdle ? [$"trigger pipelines-dev-lake-t is {state}"] : []);
        WorkflowTriggers.Idle(workflow, "OTHER").ShouldBeEmpty();
    }
}
