using System.Text;
using System.Text.Json;

namespace PipelineStacks.Aws.Lambda;

/// <summary>A function that was called and failed; the message is the function's own.</summary>
public sealed class FunctionFailedException(string functionName, string errorType, string reason) : Exception($"{functionName}: {reason}")
{
    /// <summary>What was thrown, such as <c>Error</c>, or what Lambda says of a function that it stopped.</summary>
    public string ErrorType => errorType;

    /// <summary>The function's message alone.</summary>
    public string Reason => reason;

    /// <summary>Reads what a runtime answers of a function that failed.</summary>
    public static FunctionFailedException Read(string functionName, byte[] body)
    {
        try
        {
            using var error = JsonDocument.Parse(body);
            if (error.RootElement is { ValueKind: JsonValueKind.Object } members)
            {
                return new(
                    functionName,
                    members.TryGetProperty("errorType", out var type) ? $"{type}" : "Error",
                    members.TryGetProperty("errorMessage", out var message) ? $"{message}" : members.GetRawText());
            }
        }
        catch (JsonException)
        {
            // A runtime that crashed may have written anything: its words are all there is to tell.
            return new(functionName, "Error", Encoding.UTF8.GetString(body));
        }

        return new(functionName, "Error", Encoding.UTF8.GetString(body));
    }
}
