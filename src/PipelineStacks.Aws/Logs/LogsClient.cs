using System.Text.Json.Serialization;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Logs;

/// <summary>Amazon CloudWatch Logs.</summary>
public sealed class LogsClient(AwsSettings settings) : IDisposable
{
    private readonly AwsJsonClient _client = new(new ServiceDescription("CloudWatch Logs", "logs", "2014-03-28", "Logs_20140328"), settings);

    /// <summary>The lines of a log stream from its beginning, none where there is no such stream.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string group, string stream, CancellationToken cancel)
    {
        List<string> lines = [];
        try
        {
            for (string? token = null; ;)
            {
                var page = await _client.CallAsync<GetLogEventsRequest, GetLogEventsResponse>("GetLogEvents", new(group, stream, token, StartFromHead: true), cancel);
                lines.AddRange((page.Events ?? []).Select(line => line.Message));
                // The end gives back the token that it was asked with.
                if (page.NextForwardToken is null || page.NextForwardToken == token)
                    return lines;
                token = page.NextForwardToken;
            }
        }
        catch (AwsException error) when (error.Code == "ResourceNotFoundException")
        {
            return lines;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

internal sealed record GetLogEventsRequest(
    [property: JsonPropertyName("logGroupName")] string LogGroupName,
    [property: JsonPropertyName("logStreamName")] string LogStreamName,
    [property: JsonPropertyName("nextToken")] string? NextToken,
    [property: JsonPropertyName("startFromHead")] bool StartFromHead);

internal sealed record GetLogEventsResponse(
    [property: JsonPropertyName("events")] IReadOnlyList<LogEvent>? Events,
    [property: JsonPropertyName("nextForwardToken")] string? NextForwardToken);

internal sealed record LogEvent([property: JsonPropertyName("message")] string Message);
