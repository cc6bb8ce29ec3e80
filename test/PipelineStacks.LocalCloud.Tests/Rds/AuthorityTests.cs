using PipelineStacks.LocalCloud.Tests.Lambda;

namespace PipelineStacks.LocalCloud.Tests.Rds;

public sealed class AuthorityTests(DatabaseCloud database) : IClassFixture<DatabaseCloud>
{
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html says that functions name this file to trust the authorities of RDS.
    private const string Variables = """ ,"Environment":{"Variables":{"NODE_EXTRA_CA_CERTS":"/var/runtime/ca-cert.pem","OTHER":"/var/runtime/other"}} """;

    [Fact]
    public async Task Function_ThatNamesTheRuntimesAuthorities_FindsThoseOfTheServers()
    {
        var name = await database.Cloud.NodeAsync(
            "exports.handler = async () => [require('fs').readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8'), process.env.OTHER];", more: Variables);

        var answer = (await database.Cloud.InvokeAsync(name)).Json;

        ((string?)answer[0]).ShouldBe(await File.ReadAllTextAsync(Path.Combine(database.Folder, "ca.pem")));
        ((string?)answer[1]).ShouldBe("/var/runtime/other");
    }
}
