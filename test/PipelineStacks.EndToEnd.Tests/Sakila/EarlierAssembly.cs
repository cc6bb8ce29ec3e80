using System.Text.Json.Nodes;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>The templates from before a table was among the datasets: without its table in the landing zone, its mapping, and its place among those that are counted.</summary>
internal static class EarlierAssembly
{
    public static void Make(string assembly, string earlier, string table)
    {
        foreach (var file in Directory.EnumerateFiles(assembly, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(earlier, Path.GetRelativePath(assembly, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var stage = Path.Combine(earlier, "assembly-Dev");
        foreach (var file in Directory.EnumerateFiles(stage, "*.template.json"))
        {
            var template = JsonNode.Parse(File.ReadAllText(file))!;
            if (!Remove(template["Resources"]!.AsObject(), table))
                continue;
            File.WriteAllText(file, template.ToJsonString());
            Rename(stage, file);
        }
    }

    private static bool Remove(JsonObject resources, string table)
    {
        var found = false;
        foreach (var (id, resource) in resources.ToList())
        {
            var properties = resource!["Properties"];
            switch ((string?)resource["Type"])
            {
                case "AWS::Glue::Table" when (string?)properties!["TableInput"]!["Name"] == table && id[..^8].EndsWith("LandingTable", StringComparison.Ordinal):
                    found = resources.Remove(id);
                    break;
                case "AWS::DMS::ReplicationTask":
                    var mappings = JsonNode.Parse((string)properties!["TableMappings"]!)!;
                    mappings["rules"]!.AsArray().RemoveAll(rule => (string?)rule!["object-locator"]!["table-name"] == table).ShouldBeGreaterThan(0);
                    properties["TableMappings"] = mappings.ToJsonString();
                    found = true;
                    break;
                case "AWS::Lambda::Function" when properties!["Environment"] is { } environment && environment["Variables"]!["TABLES"] is { } tables:
                    var names = JsonNode.Parse((string)tables!)!;
                    names["sakila"]!.AsArray().RemoveAll(name => (string?)name == table).ShouldBe(1);
                    environment["Variables"]!["TABLES"] = names.ToJsonString();
                    found = true;
                    break;
            }
        }

        return found;
    }

    // A template is uploaded by the hash of its content, and one that is there isn't uploaded again.
    private static void Rename(string stage, string template)
    {
        var assets = template.Replace(".template.json", ".assets.json", StringComparison.Ordinal);
        var files = JsonNode.Parse(File.ReadAllText(assets))!["files"]!.AsObject();
        var hash = files.Single(file => (string?)file.Value!["source"]!["path"] == Path.GetFileName(template)).Key;
        var other = new string([.. hash.Reverse()]);
        foreach (var file in new[] { assets, Path.Combine(stage, "manifest.json") })
            File.WriteAllText(file, File.ReadAllText(file).Replace(hash, other, StringComparison.Ordinal));
    }
}
