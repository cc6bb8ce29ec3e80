using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PipelineStacks.Aws;

namespace PipelineStacks.Cli.Devices;

/// <summary>The options by which a broker is found: the account's own unless another is named, and over TLS wherever a certificate is shown.</summary>
internal sealed class BrokerOptions(CliContext context)
{
    private const string Device = "{device}";
    private const int SecurePort = 8883;

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "The MQTT broker; without it, the account's in AWS IoT or the local cloud's", HelpName = "host[:port]" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = $"The devices' certificate as a PEM file; {Device} in its name stands for the device's", HelpName = "file" };
    private readonly Option<string?> _key = new("--key") { Description = $"The certificate's private key as a PEM file; {Device} stands for the device's name", HelpName = "file" };
    private readonly Option<string?> _authority = new("--ca") { Description = "Who vouches for the broker, as a PEM file; without it, whom this machine trusts", HelpName = "file" };

    public IEnumerable<Option> All => [_endpoint, _certificate, _key, _authority];

    /// <summary>Where each device connects, by its name.</summary>
    /// <exception cref="UserError">Options that can't be used, or AWS without a certificate.</exception>
    public async Task<Func<string, MqttEndpoint>> FindAsync(ParseResult arguments, AwsClients aws, CancellationToken cancel)
    {
        var (certificate, key) = (arguments.GetValue(_certificate), arguments.GetValue(_key));
        if (certificate is null != key is null)
            throw new UserError("--certificate and --key belong together: give both of them.");
        var (host, port) = Address(arguments.GetValue(_endpoint) ?? await aws.Iot.DescribeEndpointAsync(cancel));
        if (certificate is null && host is not ("127.0.0.1" or "localhost"))
            throw new UserError($"The broker {host} asks devices for certificates: give --certificate and --key.");
        var authority = arguments.GetValue(_authority) is { } file ? Read(file, X509CertificateLoader.LoadCertificateFromFile) : null;
        return device => certificate is null
            ? new MqttEndpoint(host, port)
            : new MqttEndpoint(host, port, Read(Named(certificate, device), path => X509Certificate2.CreateFromPemFile(path, context.PathOf(Named(key!, device)))), authority);
    }

    /// <summary>A broker on this machine, which asks for no certificate.</summary>
    public static MqttEndpoint Plain(string endpoint)
    {
        var (host, port) = Address(endpoint);
        return new(host, port);
    }

    private static string Named(string file, string device) => file.Replace(Device, device, StringComparison.Ordinal);

    private static (string Host, int Port) Address(string endpoint)
    {
        var parts = endpoint.Split(':');
        return parts is [{ Length: > 0 } name] ? (name, SecurePort)
            : parts is [{ Length: > 0 } host, var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? (host, port)
            : throw new UserError($"--endpoint {endpoint}: give a host, or a host and a port such as 127.0.0.1:1883.");
    }

    private X509Certificate2 Read(string file, Func<string, X509Certificate2> load)
    {
        try
        {
            return load(context.PathOf(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserError($"The certificate {file} can't be used: {error.Message}");
        }
    }
}
