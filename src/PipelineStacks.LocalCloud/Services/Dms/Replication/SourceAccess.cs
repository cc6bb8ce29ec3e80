using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>How a source is reached: what its endpoint says, or the secret that the endpoint names.</summary>
internal sealed class SourceAccess(DmsState state, Callers callers, ServerAuthorities authorities, IServiceProvider services)
{
    private const int DefaultPort = 3306;

    /// <exception cref="ServiceException">The secret can't be read or lacks what a connection needs.</exception>
    public async ValueTask<JsonObject> ResolveAsync(EndpointState endpoint, ResourceKey key)
    {
        var (settings, mysql) = (endpoint.Endpoint, endpoint.Endpoint.MySQLSettings);
        var source = mysql?.SecretsManagerSecretId is { } secret
            ? await FromSecretAsync(secret, mysql.SecretsManagerAccessRoleArn!, key)
            : new JsonObject
            {
                ["host"] = settings.ServerName ?? mysql?.ServerName,
                ["port"] = settings.Port ?? mysql?.Port ?? DefaultPort,
                ["user"] = settings.Username ?? mysql?.Username,
                ["password"] = endpoint.Password ?? endpoint.SettingsPassword,
            };
        source["sslMode"] = settings.SslMode;
        if (settings.CertificateArn is { } arn && state.Certificates.TryGet(DmsState.KeyOf(arn), out var certificate))
        {
            // Templates name Amazon's authority for RDS, for which the instances' own stand here.
            source["certificate"] = $"{certificate.CertificatePem}\n{authorities.Text}";
        }

        return source;
    }

    private async ValueTask<JsonObject> FromSecretAsync(string secretId, string role, ResourceKey key)
    {
        // By the operation, as DMS reads it: as the role, and by the rules of the service.
        var secrets = ((IEnumerable<IJsonService>)services.GetService(typeof(IEnumerable<IJsonService>))!).FirstOrDefault(one => one.TargetPrefix == "secretsmanager")
            ?? throw ServiceException.Unsupported("Secrets Manager");
        var answer = new ArrayBufferWriter<byte>();
        var request = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["SecretId"] = secretId });
        await secrets.Operations.Find("GetSecretValue").InvokeAsync(callers.ForRole(role, key.Region, "dms"), request, answer);
        var text = JsonNode.Parse(answer.WrittenSpan)?["SecretString"]?.ToString()
            ?? throw DmsErrors.Value($"The secret {secretId} has no SecretString.");
        return Read(secretId, text);
    }

    private static JsonObject Read(string secretId, string text)
    {
        JsonNode? value;
        try
        {
            value = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            value = null;
        }

        foreach (var name in new[] { "username", "password", "host", "port" })
            if (value is not JsonObject || value[name] is null)
                throw DmsErrors.Value($"The secret {secretId} lacks the key {name}; DMS needs username, password, host and port.");
        return new()
        {
            ["host"] = value!["host"]!.ToString(),
            ["port"] = int.Parse(value["port"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture),
            ["user"] = value["username"]!.ToString(),
            ["password"] = value["password"]!.ToString(),
        };
    }
}
