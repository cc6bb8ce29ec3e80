using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Endpoints: MySQL and its relatives as sources, S3 as target.</summary>
internal sealed class Endpoints(DmsState state, Tags tags)
{
    private static readonly Dictionary<string, string> Sources = new() { ["mysql"] = "MySQL", ["mariadb"] = "MariaDB", ["aurora"] = "Amazon Aurora MySQL" };

    public EndpointResponse Create(Call call, CreateEndpointRequest request)
    {
        var arn = call.Arn("dms", $"endpoint:{DmsState.NewId(request.ResourceIdentifier)}");
        call.Authorize("dms:CreateEndpoint", arn);
        var name = request.EndpointIdentifier?.ToLowerInvariant() ?? throw DmsErrors.Value("EndpointIdentifier is required.");
        if (state.Endpoints.In(call.Account, call.Region).Any(one => one.Endpoint.EndpointIdentifier == name))
            throw DmsErrors.Exists("Endpoint", name);
        var endpoint = Make(arn, name, request);
        state.Endpoints.Put(DmsState.KeyOf(arn), endpoint);
        tags.Set(arn, request.Tags);
        return new(endpoint.Endpoint);
    }

    public EndpointResponse Modify(Call call, ModifyEndpointRequest request)
    {
        call.Authorize("dms:ModifyEndpoint", request.EndpointArn);
        var (before, password, settingsPassword) = Get(request.EndpointArn);
        CheckNotInUse(before);
        var exact = request.ExactSettings == true;
        var after = Make(before.EndpointArn, request.EndpointIdentifier?.ToLowerInvariant() ?? before.EndpointIdentifier, new EndpointSettings
        {
            EndpointType = request.EndpointType ?? before.EndpointType,
            EngineName = request.EngineName ?? before.EngineName,
            Username = request.Username ?? before.Username,
            Password = request.Password ?? password,
            ServerName = request.ServerName ?? before.ServerName,
            Port = request.Port ?? before.Port,
            DatabaseName = request.DatabaseName ?? before.DatabaseName,
            ExtraConnectionAttributes = request.ExtraConnectionAttributes ?? before.ExtraConnectionAttributes,
            KmsKeyId = before.KmsKeyId,
            CertificateArn = request.CertificateArn ?? before.CertificateArn,
            SslMode = request.SslMode ?? before.SslMode,
            ServiceAccessRoleArn = request.ServiceAccessRoleArn ?? before.ServiceAccessRoleArn,
            S3Settings = exact ? request.S3Settings : Merging.Over(before.S3Settings, request.S3Settings),
            MySQLSettings = exact ? request.MySQLSettings
                : Merging.Over(before.MySQLSettings is { } kept ? kept with { Password = settingsPassword } : null, request.MySQLSettings),
        });
        state.Endpoints.Put(DmsState.KeyOf(before.EndpointArn), after);
        foreach (var connection in state.Connections.All.Where(one => one.Value.EndpointArn == before.EndpointArn).ToList())
            state.Connections.Remove(connection.Key);
        return new(after.Endpoint);
    }

    public EndpointResponse Delete(Call call, DeleteEndpointRequest request)
    {
        call.Authorize("dms:DeleteEndpoint", request.EndpointArn);
        var endpoint = Get(request.EndpointArn).Endpoint;
        if (state.Runs.Any(task => task.SourceEndpointArn == endpoint.EndpointArn || task.TargetEndpointArn == endpoint.EndpointArn))
            throw DmsErrors.State($"Endpoint {endpoint.EndpointIdentifier} is part of one or more ReplicationTasks.");
        state.Endpoints.Remove(DmsState.KeyOf(endpoint.EndpointArn));
        foreach (var connection in state.Connections.All.Where(one => one.Value.EndpointArn == endpoint.EndpointArn).ToList())
            state.Connections.Remove(connection.Key);
        tags.Set(endpoint.EndpointArn, null);
        return new(endpoint with { Status = "deleting" });
    }

    public DescribeEndpointsResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeEndpoints", "*");
        var page = Filtering.Page(state.Endpoints.In(call.Account, call.Region).Select(one => one.Endpoint), request, (endpoint, name) => name switch
        {
            "endpoint-arn" => endpoint.EndpointArn,
            "endpoint-type" => endpoint.EndpointType,
            "endpoint-id" => endpoint.EndpointIdentifier,
            "engine-name" => endpoint.EngineName,
            _ => null,
        });
        return new(page.Items, page.Next);
    }

    public EndpointState Get(string arn) =>
        state.Endpoints.TryGet(DmsState.KeyOf(arn), out var endpoint) ? endpoint : throw DmsErrors.NotFound("Endpoint", arn);

    /// <summary>Everything that can be said of the settings without what they refer to.</summary>
    public static void Check(EndpointSettings settings)
    {
        if (settings.ExtraConnectionAttributes is { Length: > 0 } and not "parallelLoadThreads=1")
            throw ServiceException.Unsupported($"ExtraConnectionAttributes ({settings.ExtraConnectionAttributes})");
        switch (Plain(settings.EndpointType))
        {
            case "source" when Sources.ContainsKey(Plain(settings.EngineName)):
                CheckSource(settings);
                break;
            case "target" when Plain(settings.EngineName) == "s3":
                if (settings.SslMode is not (null or "none"))
                    throw DmsErrors.Combination($"The SSL mode {settings.SslMode} is not supported for endpoints with engine s3; use none.");
                S3Rules.Check(settings.S3Settings ?? throw DmsErrors.Combination("S3Settings must be provided for the S3 endpoint."));
                break;
            case "source" or "target":
                throw ServiceException.Unsupported($"A DMS {settings.EndpointType} endpoint of the engine {settings.EngineName}");
            default:
                throw DmsErrors.Value($"The endpoint type {settings.EndpointType} is not valid. Valid values: source, target.");
        }
    }

    private static void CheckSource(EndpointSettings settings)
    {
        if (settings.SslMode is not (null or "none" or "require" or "verify-ca" or "verify-full"))
            throw DmsErrors.Value($"The SSL mode {settings.SslMode} is not valid.");
        if (settings.SslMode == "require")
            throw DmsErrors.Combination("The SSL mode require is not supported for endpoints with engine mysql; use verify-ca or verify-full.");
        if (settings.SslMode is "verify-ca" or "verify-full" && settings.CertificateArn is null)
            throw DmsErrors.Combination($"CertificateArn is required when the SSL mode is {settings.SslMode}.");
        var mysql = settings.MySQLSettings;
        if (mysql?.AfterConnectScript is not null)
            throw ServiceException.Unsupported("MySqlSettings.AfterConnectScript");
        if (mysql?.ServerTimezone is not null)
            throw ServiceException.Unsupported("MySqlSettings.ServerTimezone");
        if (settings.DatabaseName is not null || mysql?.DatabaseName is not null)
            throw ServiceException.Unsupported("DatabaseName of a MySQL source, which collapses all schemas into one,");
        var secret = mysql?.SecretsManagerSecretId is not null || mysql?.SecretsManagerAccessRoleArn is not null;
        var plain = settings is not { Username: null, Password: null, ServerName: null, Port: null } || mysql is not (null or { Username: null, Password: null, ServerName: null, Port: null });
        if (secret && plain)
            throw DmsErrors.Combination("You can't specify both SecretsManagerSecretId and clear-text values for UserName, Password, ServerName, and Port.");
        if (secret && (mysql!.SecretsManagerSecretId is null || mysql.SecretsManagerAccessRoleArn is null))
            throw DmsErrors.Combination("SecretsManagerAccessRoleArn and SecretsManagerSecretId must both be provided.");
        if (!secret && ((settings.ServerName ?? mysql?.ServerName) is null || (settings.Username ?? mysql?.Username) is null
            || (settings.Password ?? mysql?.Password) is null))
            throw DmsErrors.Combination("ServerName, Port, Username and Password must be provided for the endpoint, or a secret.");
    }

    private void CheckNotInUse(Endpoint endpoint)
    {
        if (state.Runs.Any(task => task.Status is "running" or "starting" or "stopping"
            && (task.SourceEndpointArn == endpoint.EndpointArn || task.TargetEndpointArn == endpoint.EndpointArn)))
            throw DmsErrors.State($"Endpoint {endpoint.EndpointIdentifier} is being used by a running replication task.");
    }

    private EndpointState Make(string arn, string name, EndpointSettings settings)
    {
        Check(settings);
        if (settings.CertificateArn is { } certificate && !state.Certificates.TryGet(DmsState.KeyOf(certificate), out _))
            throw DmsErrors.NotFound("Certificate", certificate);
        var engine = Plain(settings.EngineName);
        return new(new Endpoint
        {
            EndpointIdentifier = name,
            EndpointArn = arn,
            EndpointType = Plain(settings.EndpointType),
            EngineName = engine,
            EngineDisplayName = Sources.GetValueOrDefault(engine, "Amazon S3"),
            Username = settings.Username,
            ServerName = settings.ServerName,
            Port = settings.Port,
            DatabaseName = settings.DatabaseName,
            ExtraConnectionAttributes = settings.ExtraConnectionAttributes,
            KmsKeyId = settings.KmsKeyId,
            CertificateArn = settings.CertificateArn,
            SslMode = settings.SslMode ?? "none",
            ServiceAccessRoleArn = settings.ServiceAccessRoleArn,
            S3Settings = settings.S3Settings,
            MySQLSettings = settings.MySQLSettings is { } mysql ? mysql with { Password = null } : null,
        }, settings.Password, settings.MySQLSettings?.Password);
    }

    private static string Plain(string? text) => text?.ToLowerInvariant() ?? "";
}
