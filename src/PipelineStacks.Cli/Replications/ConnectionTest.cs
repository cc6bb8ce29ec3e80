using PipelineStacks.Aws.Dms;

namespace PipelineStacks.Cli.Replications;

/// <summary>Has DMS try whether an instance reaches an endpoint, and waits for what it finds.</summary>
internal sealed class ConnectionTest(CliContext context, DmsClient dms, TimeSpan poll, TimeSpan deadline)
{
    public const string Successful = "successful";

    private const string Testing = "testing";

    public async Task<Connection> RunAsync(string instanceArn, string endpointArn, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        for (var connection = await dms.TestConnectionAsync(instanceArn, endpointArn, cancel); ;)
        {
            if (connection.Status != Testing)
                return connection;
            if (context.Time.GetElapsedTime(start) > deadline)
                return connection with { Status = "failed", LastFailureMessage = $"the test did not end within {deadline.TotalMinutes:0} minutes" };
            await Task.Delay(poll, context.Time, cancel);
            connection = await dms.FindConnectionAsync(instanceArn, endpointArn, cancel) ?? connection;
        }
    }
}
