using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-endpoint.html"/></summary>
internal sealed record EndpointProperties
{
    public string? CertificateArn { get; init; }

    public string? DatabaseName { get; init; }

    public string? EndpointIdentifier { get; init; }

    public required string EndpointType { get; init; }

    public required string EngineName { get; init; }

    public string? ExtraConnectionAttributes { get; init; }

    [CreateOnly]
    [NoLocalEffect("The endpoint's settings lie unencrypted on this machine's disk.")]
    public string? KmsKeyId { get; init; }

    public MySqlSettings? MySqlSettings { get; init; }

    public string? Password { get; init; }

    public int? Port { get; init; }

    [CreateOnly]
    public string? ResourceIdentifier { get; init; }

    public S3Settings? S3Settings { get; init; }

    public string? ServerName { get; init; }

    public string? SslMode { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public string? Username { get; init; }

    public T Fill<T>(T settings) where T : EndpointSettings => settings with
    {
        EndpointType = EndpointType,
        EngineName = EngineName,
        CertificateArn = CertificateArn,
        DatabaseName = DatabaseName,
        ExtraConnectionAttributes = ExtraConnectionAttributes,
        KmsKeyId = KmsKeyId,
        MySQLSettings = MySqlSettings,
        Password = Password,
        Port = Port,
        S3Settings = S3Settings,
        ServerName = ServerName,
        SslMode = SslMode,
        Username = Username,
    };
}

/// <summary>Provisions endpoints. What can be said of the settings is said before anything of the stack is made.</summary>
internal sealed class EndpointProvisioner(Endpoints endpoints, Tags tags, DmsState state) : Provisioner<EndpointProperties>("AWS::DMS::Endpoint")
{
    private const string ExternalId = "ExternalId";

    protected override void Check(ProvisionContext context, EndpointProperties properties) => Endpoints.Check(properties.Fill(new EndpointSettings()));

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, EndpointProperties properties)
    {
        var created = endpoints.Create(context.Call, properties.Fill(new CreateEndpointRequest
        {
            EndpointIdentifier = properties.EndpointIdentifier ?? context.NewName(255, lowerCase: true),
            ResourceIdentifier = properties.ResourceIdentifier,
            Tags = properties.Tags,
        }));
        return ValueTask.FromResult(new Provisioned(created.Endpoint.EndpointArn, (ExternalId, "")));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, EndpointProperties before, EndpointProperties after)
    {
        endpoints.Modify(context.Call, after.Fill(new ModifyEndpointRequest
        {
            EndpointArn = physicalId,
            EndpointIdentifier = after.EndpointIdentifier,
            ExactSettings = true,
        }));
        tags.Set(physicalId, after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId, (ExternalId, "")));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, EndpointProperties properties)
    {
        if (state.Endpoints.TryGet(DmsState.KeyOf(physicalId), out _))
            endpoints.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}
