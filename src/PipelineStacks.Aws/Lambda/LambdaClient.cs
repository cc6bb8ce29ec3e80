using Amazon.Runtime.Internal.Transform;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Lambda;

/// <summary>AWS Lambda.</summary>
public sealed class LambdaClient(AwsSettings settings) : IDisposable
{
    /// <summary>The most bytes that one synchronous invocation takes.</summary>
    public const int MaxBytes = 6 * 1024 * 1024;

    // As long as a function may run.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly InvokeClient _client = new(settings);

    /// <summary>Calls a function and waits for what it returns.</summary>
    /// <exception cref="FunctionFailedException">The function threw, or ran out of time or memory.</exception>
    public async Task<byte[]> InvokeAsync(string functionName, byte[] payload, CancellationToken cancel)
    {
        var answer = await _client.InvokeAsync(functionName, payload, cancel);
        return answer.FunctionError is null ? answer.Body : throw FunctionFailedException.Read(functionName, answer.Body);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private sealed class InvokeClient(AwsSettings settings)
        : ServiceClient(new ServiceDescription("Lambda", "lambda", "2015-03-31") { Patience = Longest }, settings, ReadError)
    {
        public Task<RawResponse> InvokeAsync(string functionName, byte[] payload, CancellationToken cancel) =>
            AnswerAsync(
                new RawRequest("Invoke", payload, "application/json", null)
                {
                    Path = "/2015-03-31/functions/{FunctionName}/invocations",
                    PathNames = new Dictionary<string, string> { ["{FunctionName}"] = functionName },
                },
                cancel);

        private static (string Code, string Message) ReadError(byte[] body, IWebResponseData response) => AwsJsonClient.ReadError(body, response);
    }
}
