using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Lambda.Provisioners;

/// <summary>What a template may say of a permission: every change makes a new one.</summary>
internal sealed record PermissionProperties
{
    [CreateOnly]
    public required string FunctionName { get; init; }

    [CreateOnly]
    public required string Action { get; init; }

    [CreateOnly]
    public required string Principal { get; init; }

    [CreateOnly]
    public string? SourceArn { get; init; }

    [CreateOnly]
    public string? SourceAccount { get; init; }

    [CreateOnly]
    public string? PrincipalOrgID { get; init; }
}

/// <summary><c>AWS::Lambda::Permission</c>: a statement of a function's resource policy, which is kept and not enforced.</summary>
internal sealed class PermissionProvisioner(FunctionSettings settings) : Provisioner<PermissionProperties>("AWS::Lambda::Permission")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, PermissionProperties properties)
    {
        var id = context.NewName(maxLength: 100);
        settings.AddPermission(context.Call, new()
        {
            FunctionName = properties.FunctionName,
            StatementId = id,
            Action = properties.Action,
            Principal = properties.Principal,
            SourceArn = properties.SourceArn,
            SourceAccount = properties.SourceAccount,
            PrincipalOrgID = properties.PrincipalOrgID,
        });
        return ValueTask.FromResult(new Provisioned(id, ("Id", id)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, PermissionProperties before, PermissionProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId, ("Id", physicalId)));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, PermissionProperties properties)
    {
        settings.RemovePermission(context.Call, new() { FunctionName = properties.FunctionName, StatementId = physicalId });
        return ValueTask.CompletedTask;
    }
}
