using System.Text;
using System.Text.Json;

namespace SampleFunction;

/// <summary>Handlers for the tests of the dotnet10 runtime.</summary>
public sealed class Handlers
{
    private int _calls;

    public async Task<Stream> Greet(Stream input)
    {
        using var request = await JsonDocument.ParseAsync(input);
        var name = request.RootElement.GetProperty("name").GetString();
        await Console.Out.WriteLineAsync($"greeting {name}");
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { greeting = $"Hello, {name}", calls = ++_calls }));
    }

    public static Stream Echo(Stream input) => input;

    public static Stream Fail(Stream input) => throw new InvalidOperationException("on purpose");

    public static string Wrong(string input) => input;

    public static Stream Where(Stream input) =>
        new MemoryStream(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME"))));
}
