namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>internet.*</c></summary>
internal static class InternetModule
{
    public static readonly Method[] All =
    [
        Method.Of("internet.ip", _ => (output, draws) =>
        {
            var bits = draws.Random.Next();
            for (var i = 0; i < 4; i++, bits >>= 8)
            {
                if (i > 0)
                    output.Append((byte)'.');
                output.Append((long)(byte)bits);
            }
        }),
        Method.Text("internet.ipv6", faker => faker.Internet.Ipv6()),
        Method.Text("internet.mac", faker => faker.Internet.Mac()),
        Method.Text("internet.email", faker => faker.Internet.Email()),
        Method.Text("internet.exampleEmail", faker => faker.Internet.ExampleEmail()),
        Method.Text("internet.userName", faker => faker.Internet.UserName()),
        Method.Text("internet.password", 15, (faker, length) => faker.Internet.Password(length)),
        Method.Text("internet.protocol", faker => faker.Internet.Protocol()),
        Method.Text("internet.url", faker => faker.Internet.Url()),
        Method.Text("internet.domainName", faker => faker.Internet.DomainName()),
        Method.Text("internet.domainWord", faker => faker.Internet.DomainWord()),
        Method.Text("internet.domainSuffix", faker => faker.Internet.DomainSuffix()),
        Method.Text("internet.userAgent", faker => faker.Internet.UserAgent()),
        Method.Text("internet.color", faker => faker.Internet.Color()),
        Method.Text("internet.avatar", faker => faker.Internet.Avatar()),
    ];
}
