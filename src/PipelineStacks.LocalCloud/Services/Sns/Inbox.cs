using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>A message as it lies in its topic's inbox.</summary>
internal sealed record InboxMessage(
    string MessageId, DateTimeOffset Timestamp, string TopicArn, string? Subject, string Message,
    IReadOnlyDictionary<string, Contracts.MessageAttribute>? MessageAttributes, string Publisher);

/// <summary>
/// What was published, a line of JSON per message and a file per topic: what would have been mailed can be read here, under
/// <c>/_local/sns/</c> and the topic's ARN.
/// </summary>
internal sealed class Inbox(DataDirectory data) : ILocalPath
{
    private readonly Lock _writing = new();

    public string Prefix => "/sns";

    public void Add(ResourceKey topic, InboxMessage message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message);
        lock (_writing)
        {
            using var file = new FileStream(FileOf(topic), FileMode.Append);
            file.Write([.. line, (byte)'\n']);
        }
    }

    public void Delete(ResourceKey topic)
    {
        lock (_writing)
            File.Delete(FileOf(topic));
    }

    public Task HandleAsync(PathString rest, HttpContext http)
    {
        // arn:aws:sns:eu-west-1:000000000000:alarms
        var parts = (rest.Value ?? "").Trim('/').Split(':');
        if (!HttpMethods.IsGet(http.Request.Method) || parts.Length != 6 || parts.Any(part => part.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsJsonAsync(new { message = $"GET {LocalControl.Root}{Prefix}/ and a topic's ARN" });
        }

        http.Response.ContentType = "application/x-ndjson";
        var file = FileOf(new(parts[4], parts[3], parts[5]));
        return File.Exists(file) ? http.Response.SendFileAsync(file) : Task.CompletedTask;
    }

    private string FileOf(ResourceKey topic) => Path.Combine(data.Folder("sns", topic.Account, topic.Region), topic.Name + ".jsonl");
}
