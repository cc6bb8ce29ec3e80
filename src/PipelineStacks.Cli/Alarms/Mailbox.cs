using System.Text.Json;
using PipelineStacks.Aws;

namespace PipelineStacks.Cli.Alarms;

/// <summary>A message that was published to a topic.</summary>
internal sealed record Mail(DateTimeOffset Timestamp, string? Subject, string Message);

/// <summary>The messages of the local cloud's topics, which mails nothing and keeps everything.</summary>
internal static class Mailbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Mail>> ReadAsync(AwsSettings settings, string topic, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            var lines = await http.GetStringAsync(new Uri(settings.Endpoint!, $"/_local/sns/{topic}"), cancel);
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Mail>(line)!)];
        }
        catch (HttpRequestException error)
        {
            throw new UserError(ExitCode.Unavailable, $"{settings.Endpoint!.GetLeftPart(UriPartial.Authority)} has no inbox of {topic}: {error.Message} Is it the local cloud?");
        }
    }
}
