using System.Globalization;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Settings;

public sealed class SettingsDocumentTests
{
    private static readonly string Page = RepositoryRoot.PathOf("docs", "settings.md");

    [Fact]
    public void Documentation_StatesTheDefaultThatTheCodeHas()
    {
        foreach (var setting in SettingsDocument.All.Where(setting => setting.Value is int or bool or Enum or DateOnly))
            setting.Default.ShouldStartWith($"{Written(setting.Value!)} by default", Case.Sensitive, setting.Path);
        SettingsDocument.All.ShouldAllBe(setting => setting.Default.Contains("by default", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Page_IsWhatTheCodeSays()
    {
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", "CI compares the page; people accept it.");
            Directory.CreateDirectory(Path.GetDirectoryName(Page)!);
            File.WriteAllText(Page, SettingsDocument.Page());
        }
        File.Exists(Page).ShouldBeTrue("docs/settings.md is missing. Run the tests with ACCEPT_SNAPSHOTS=1.");
        File.ReadAllText(Page).ReplaceLineEndings("\n").ShouldBe(SettingsDocument.Page(), "Run the tests with ACCEPT_SNAPSHOTS=1 and commit docs/settings.md.");
    }

    private static string Written(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum word => $"`{SettingsBinder.Word(word)}`",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
