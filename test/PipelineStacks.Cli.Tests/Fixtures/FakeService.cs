using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>A fake AWS endpoint that gives prepared answers, for what a real service does rarely: its errors.</summary>
internal sealed class FakeService : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, string, (int Status, string Body, string? ErrorType)> _answer;

    public FakeService(params (int Status, string Body, string? ErrorType)[] answers)
        : this(Prepared(answers))
    {
    }

    /// <param name="answer">Of the target, or the path where there is none, and the body.</param>
    public FakeService(Func<string, string, (int Status, string Body, string? ErrorType)> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public List<(string Target, string Authorization, string Body)> Requests { get; } = [];

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private static Func<string, string, (int Status, string Body, string? ErrorType)> Prepared((int Status, string Body, string? ErrorType)[] answers)
    {
        var queue = new Queue<(int, string, string?)>(answers);
        return (_, _) => queue.Count > 1 ? queue.Dequeue() : queue.Peek();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(http.Request.InputStream);
            var (target, request) = (http.Request.Headers["X-Amz-Target"] ?? "", await reader.ReadToEndAsync());
            Requests.Add((target, http.Request.Headers["Authorization"] ?? "", request));
            var (status, body, errorType) = _answer(target.Length > 0 ? target : http.Request.Url!.AbsolutePath, request);
            http.Response.StatusCode = status;
            if (errorType is not null)
                http.Response.Headers["x-amzn-ErrorType"] = errorType;
            http.Response.ContentType = body.StartsWith('<') ? "text/xml" : "application/x-amz-json-1.1";
            await http.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            http.Response.Close();
        }
    }
}
