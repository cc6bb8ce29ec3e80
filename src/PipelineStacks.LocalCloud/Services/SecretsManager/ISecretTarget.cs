using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>A kind of database whose connection details a <c>SecretTargetAttachment</c> adds to a secret.</summary>
internal interface ISecretTarget
{
    /// <summary>As templates name it: <c>AWS::RDS::DBInstance</c>.</summary>
    string TargetType { get; }

    /// <summary>The members that connect to the target: engine, host, port and what its kind has besides.</summary>
    /// <exception cref="ServiceException">There is no such target.</exception>
    JsonObject ConnectionDetails(Call call, string targetId);
}
