using System.Diagnostics;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

/// <summary>The cases of test/jobs/cases.json, which the PySpark runner's own tests read as well: both must do the same.</summary>
public sealed class SharedCaseTests
{
    private static readonly JsonNode All = JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathOf("test", "jobs", "cases.json")))!;

    public static TheoryData<string> Files => Names("files");

    public static TheoryData<string> Arguments => Names("arguments");

    public static TheoryData<string> Columns => Names("columns");

    public static TheoryData<string> Keys => Names("quarantine");

    public static TheoryData<string> Lines => Names("lines");

    public static TheoryData<string> Retained => Names("retention");

    [Fact]
    public async Task PySparkRunner_ByItsOwnTests_DoesWhatNeedsNoSpark()
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardError = true, WorkingDirectory = RepositoryRoot.Folder };
        foreach (var argument in (string[])["-B", "-m", "unittest", "discover", "-s", "test/jobs"])
            start.ArgumentList.Add(argument);
        using var python = Process.Start(start)!;
        var report = await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, report);
        report.ShouldContain("OK");
    }

    [Fact]
    public void Example_OfTheDocument_IsASqlFile()
    {
        var document = File.ReadAllText(RepositoryRoot.PathOf("docs", "jobs.md"));
        var example = document.Split("```sql\n")[1].Split("```")[0];
        var faults = new List<string>();
        SqlFile.Parse("example.sql", example, faults)?.Target.ToString().ShouldBe("${curated}.category_streams");
        faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void SqlFile_Parsed_IsAsTheCaseSays(string name)
    {
        var (test, faults) = (Case("files", name), new List<string>());
        var file = SqlFile.Parse("f.sql", (string)test["text"]!, faults);

        faults.ShouldBe(Texts(test["faults"]));
        if (test["faults"] is not null)
            return;
        file!.Target.ToString().ShouldBe((string)test["target"]!);
        file.WritesPartitions.ShouldBe((bool)test["partitions"]!);
        file.Increment?.ToString().ShouldBe((string?)test["increment"]);
        file.SkipsAbsent.ShouldBe((bool?)test["skipsAbsent"] ?? false);
        file.Rejects.ShouldBe((string?)test["rejects"]);
        file.Views.ShouldBe(Texts(test["views"]));
        file.Select.ShouldBe((string)test["select"]!);
        file.Tables.Select(table => table.ToString()).ShouldBe(Texts(test["tables"]));
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void RunArguments_Parsed_AreAsTheCaseSays(string name)
    {
        var (test, faults) = (Case("arguments", name), new List<string>());
        var arguments = RunArguments.Parse(test["given"]!.AsObject().ToDictionary(pair => "--" + pair.Key, pair => (string)pair.Value!), faults);

        faults.ShouldBe(Texts(test["faults"]));
        if (test["faults"] is not null)
            return;
        arguments.Sql.ShouldBe(Texts(test["sql"]));
        arguments.Databases.ShouldBe(test["databases"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!));
        arguments.Quarantine.ShouldBe((string?)test["quarantine"]);
        arguments.Rebuild.ShouldBe((bool)test["rebuild"]!);
        arguments.Retain.ShouldBe(TimeSpan.FromHours((int)test["retainHours"]!));
        arguments.Rulesets.ShouldBe(Texts(test["rulesets"]));
        arguments.Bookmark.ShouldBe((string)test["bookmark"]!);
    }

    [Fact]
    public void RunArguments_WithASlip_NamesIt()
    {
        var faults = new List<string>();
        RunArguments.Parse(new Dictionary<string, string> { ["--sql"] = "s3://a/b", ["--retain-hour"] = "1" }, faults);
        faults.ShouldBe(["--retain-hour is no argument of run_sql: it takes --sql, --landing, --clean, --curated, --quarantine, --rebuild, --retain-hours, --rulesets"]);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void ResultColumns_BesideTheTables_AreAsTheCaseSays(string name)
    {
        var test = Case("columns", name);
        var table = new CatalogTable("clean", "t", "0", Columns(test["columns"]), Columns(test["keys"]), "s3://lake/t/", null, null,
            new Dictionary<string, string>(), new Dictionary<string, string>(), null);

        string[] faults = [];
        try
        {
            ResultColumns.Select(table, Texts(test["result"]));
        }
        catch (UnitException error)
        {
            faults = error.Message.Split("; ");
        }

        faults.ShouldBe(Texts(test["faults"]));

        static CatalogColumn[] Columns(JsonNode? names) => [.. Texts(names).Select(column => new CatalogColumn(column, "string", null))];
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Quarantine_OfASourceFile_HasTheKeyOfTheCase(string name)
    {
        var test = Case("quarantine", name);
        Quarantine.KeyOf("quarantine/", (string)test["dataset"]!, (string)test["source"]!, DateTimeOffset.Parse((string)test["written"]!, null))
            .ShouldBe((string)test["key"]!);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Quarantine_OfARecord_HasTheLineOfTheCase(string name)
    {
        var test = Case("lines", name);
        Quarantine.Line((string)test["reason"]!, (string)test["record"]!, (string)test["source"]!).ShouldBe((string)test["line"]!);
    }

    [Theory]
    [MemberData(nameof(Retained))]
    public void Retention_OfRunsFiles_RemovesWhatTheCaseSays(string name)
    {
        var test = Case("retention", name);
        var objects = test["objects"]!.AsObject()
            .Select(pair => new StoredObject("lake", "t/" + pair.Key, 1, "", DateTimeOffset.FromUnixTimeSeconds((int)pair.Value!), null, ""));

        var removed = Retention.Removable(
            objects, new S3Location("lake", "t/"), Texts(test["referenced"]).Select(location => $"s3://lake/t/{location}"),
            DateTimeOffset.FromUnixTimeSeconds((int)test["before"]!));

        removed.Select(one => one.Key[2..]).Order(StringComparer.Ordinal).ShouldBe(Texts(test["removed"]).Order(StringComparer.Ordinal));
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(text => (string)text!)];

    private static JsonNode Case(string kind, string name) => All[kind]!.AsArray().Single(one => (string)one!["case"]! == name)!;

    private static TheoryData<string> Names(string kind) => [.. All[kind]!.AsArray().Select(one => (string)one!["case"]!)];
}
