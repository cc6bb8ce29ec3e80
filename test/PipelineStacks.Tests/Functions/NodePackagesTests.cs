using PipelineStacks.Functions;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Tests.Functions;

public sealed class NodePackagesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-packages-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Closure_HasDependenciesOfDependencies_EachOnce_WithoutThoseThatAreBroughtAlong()
    {
        Package("a", "\"b\":\"1\",\"@x/c\":\"1\",\"nested\":\"2\"");
        Package("b", "\"@x/c\":\"1\"");
        Package("@x/c", "");
        Package("a/node_modules/nested", "\"d\":\"1\"");
        Package("d", "");

        NodePackages.Closure(["a"], _folder.FullName).ShouldBe(["@x/c", "a", "b", "d"]);
    }

    [Fact]
    public void Closure_OfAPackageThatIsMissing_SaysHowToGetIt()
    {
        Package("a", "\"b\":\"1\"");

        Should.Throw<SettingsException>(() => NodePackages.Closure(["a"], _folder.FullName))
            .Message.ShouldBe("The Node package b is missing. Run npm ci in the folder of the project.");
    }

    [Fact]
    public void Bundle_HasTheFunctionAndWhatItImports_AndNoTestsOrTypes()
    {
        var target = Path.Combine(_folder.FullName, "bundle");

        NodePackages.Bundle(RepositoryRoot.PathOf("src", "functions", "database-admin"), ["mysql2"], RepositoryRoot.PathOf("node_modules"), target);

        File.Exists(Path.Combine(target, "index.mjs")).ShouldBeTrue();
        File.Exists(Path.Combine(target, "node_modules", "mysql2", "promise.js")).ShouldBeTrue();
        Directory.EnumerateFiles(target, "*.test.mjs", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateFiles(target, "*.ts", SearchOption.AllDirectories).ShouldBeEmpty();
        // Lambda unpacks at most 250 MB; whoever imports more should notice long before.
        Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(5_000_000);
    }

    private void Package(string name, string dependencies)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name));
        File.WriteAllText(Path.Combine(folder.FullName, "package.json"), $$"""{"name":"{{name}}","dependencies":{ {{dependencies}} } }""");
    }
}
