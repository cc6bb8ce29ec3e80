using System.Text;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>The operation <c>Invoke</c>: waiting for the answer, queueing an event, or only asking whether one might.</summary>
internal sealed class InvokeOperation(Invoker invoker)
{
    public async Task HandleAsync(Call call, string name, HttpContext http)
    {
        try
        {
            using var body = await RequestBody.ReadAsync(http.Request);
            var headers = http.Request.Headers;
            var type = headers["X-Amz-Invocation-Type"].ToString() is { Length: > 0 } given ? given : "RequestResponse";
            if (type is not ("RequestResponse" or "Event" or "DryRun"))
                throw ServiceException.Validation("invocationType", type, "Member must satisfy enum value set: [Event, DryRun, RequestResponse]");
            var qualifier = http.Request.Query["Qualifier"].ToString() is { Length: > 0 } version ? version : null;
            var function = invoker.Check(call, name, qualifier, body.Memory, type == "Event");
            http.Response.Headers["X-Amz-Executed-Version"] = Functions.Latest;
            switch (type)
            {
                case "DryRun":
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case "Event":
                    invoker.Send(call, function, body.Memory, call.RequestId);
                    http.Response.StatusCode = StatusCodes.Status202Accepted;
                    break;
                default:
                    await AnswerAsync(http, headers["X-Amz-Log-Type"] == "Tail",
                        await invoker.InvokeAsync(call, function, body.Memory, call.RequestId, ClientContext(headers["X-Amz-Client-Context"])));
                    break;
            }
        }
        catch (ServiceException error)
        {
            await JsonProtocol.WriteErrorAsync(http.Response, error);
        }
    }

    private static Task AnswerAsync(HttpContext http, bool withLog, FunctionOutcome outcome)
    {
        if (outcome.FunctionError is { } error)
            http.Response.Headers["X-Amz-Function-Error"] = error;
        if (withLog)
            http.Response.Headers["X-Amz-Log-Result"] = outcome.LogTail;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = outcome.Payload.Length;
        return http.Response.Body.WriteAsync(outcome.Payload).AsTask();
    }

    private static string? ClientContext(string? base64)
    {
        if (string.IsNullOrEmpty(base64))
            return null;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw new ServiceException("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.");
        }
    }
}
