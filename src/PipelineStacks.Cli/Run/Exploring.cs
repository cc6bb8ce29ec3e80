using PipelineStacks.Cli.Output;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Run;

/// <summary>Says what to try on a local cloud that is left running.</summary>
internal static class Exploring
{
    public static void Explain(Terminal terminal, LocalCloud cloud, Names names, string region, bool replicates)
    {
        terminal.Say($$"""

            The local cloud is still running at {{cloud.Url}}. To explore it:
              export AWS_ENDPOINT_URL={{cloud.Url}} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION={{region}} AWS_DEFAULT_REGION={{region}}
              scripts/pipelines status --env {{names.Environment}}
              scripts/pipelines query --env {{names.Environment}} "SELECT state, count(*) AS events FROM film_events GROUP BY state ORDER BY events DESC LIMIT 10"
              scripts/pipelines generate film_events --env {{names.Environment}} --rate 100
              aws --endpoint-url {{cloud.Url}} s3 ls
              aws --endpoint-url {{cloud.Url}} cloudformation describe-stacks --query "Stacks[].[StackName,StackStatus]" --output text
              npx cdk diff "{{names.Stage}}/*"
            """);
        if (replicates)
        {
            terminal.Say($"""
                  scripts/pipelines query --env {names.Environment} "SELECT op, count(*) AS changes FROM rental GROUP BY op"
                  scripts/pipelines replication status --env {names.Environment}
                """);
        }

        if (cloud.ProcessId is { } id)
            terminal.Say(OperatingSystem.IsWindows() ? $"Stop it: taskkill /f /pid {id}" : $"Stop it: kill {id}");
    }
}
