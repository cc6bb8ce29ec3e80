using Amazon.CDK.AWS.Athena;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static Amazon.CDK.AWS.Athena.CfnWorkGroup;

namespace PipelineStacks.Analytics;

/// <summary>What <see cref="QueryWorkGroup"/> is made of.</summary>
public sealed record QueryWorkGroupProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where results go.</summary>
    public required QueryResults Results { get; init; }

    /// <summary>What encrypts them.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>An Athena workgroup whose settings a client can't override.</summary>
public sealed class QueryWorkGroup : Construct
{
    private readonly CfnWorkGroup _workGroup;

    /// <summary>Creates the workgroup.</summary>
    public QueryWorkGroup(Construct scope, string id, QueryWorkGroupProps props)
        : base(scope, id) => _workGroup = new CfnWorkGroup(this, "WorkGroup", new CfnWorkGroupProps
        {
            Name = new Names(props.Settings.Name).WorkGroup,
            Description = $"Queries on the lake of {Names.Project}-{props.Settings.Name}",
            State = "ENABLED",
            // Athena refuses to delete a workgroup that has ever run a query; the history is no data.
            RecursiveDeleteOption = true,
            WorkGroupConfiguration = new WorkGroupConfigurationProperty
            {
                EnforceWorkGroupConfiguration = true,
                PublishCloudWatchMetricsEnabled = true,
                RequesterPaysEnabled = false,
                BytesScannedCutoffPerQuery = props.Settings.Queries.ScanLimitMegabytes * 1024.0 * 1024.0,
                EngineVersion = new EngineVersionProperty { SelectedEngineVersion = "Athena engine version 3" },
                ResultConfiguration = new ResultConfigurationProperty
                {
                    OutputLocation = props.Results.Bucket.S3UrlForObject("athena/"),
                    EncryptionConfiguration = new EncryptionConfigurationProperty { EncryptionOption = "SSE_KMS", KmsKey = props.Key.Key.KeyArn },
                },
            },
        });

    /// <summary>The name as CloudFormation knows it: who uses it comes after the workgroup.</summary>
    public string Name => _workGroup.Ref;
}
