using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Amazon.CDK;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>The flags that the CDK recommends are in cdk.json, and stay so when the CDK is raised: its own document, inside of the library, is asked.</summary>
public sealed class FeatureFlagTests
{
    [Fact]
    public void CdkJson_HasEveryFlagThatThisVersionOfTheCdkRecommends_AndNoOther()
    {
        Flags(CdkJson.Context).ShouldBe(Flags(Recommended()), ignoreOrder: true);

        static Dictionary<string, string> Flags(JsonElement context) => context.EnumerateObject()
            .Where(member => member.Name.StartsWith('@'))
            .ToDictionary(flag => flag.Name, flag => JsonSerializer.Serialize(flag.Value));
    }

    private static JsonElement Recommended()
    {
        var document = Document();
        var start = document.IndexOf("```json", document.IndexOf("<!-- BEGIN json -->", StringComparison.Ordinal), StringComparison.Ordinal) + "```json".Length;
        return JsonDocument.Parse(document[start..document.IndexOf("```", start, StringComparison.Ordinal)]).RootElement.GetProperty("context");
    }

    private static string Document()
    {
        var library = typeof(App).Assembly;
        using var package = library.GetManifestResourceStream(library.GetManifestResourceNames().Single(name => name.EndsWith(".tgz", StringComparison.Ordinal)))!;
        using var archive = new TarReader(new GZipStream(package, CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.Name.EndsWith("cx-api/FEATURE_FLAGS.md", StringComparison.Ordinal))
                return new StreamReader(entry.DataStream!).ReadToEnd();
        }
        throw new InvalidOperationException("This version of the CDK doesn't document its flags where the last one did.");
    }
}
