using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>Rotates secrets that a service keeps. A rotation by a function of the customer's is refused.</summary>
internal sealed class Rotation(SecretFinder finder, IEnumerable<IManagedSecretOwner> owners)
{
    public async ValueTask<SecretVersionResponse> RotateAsync(Call call, RotateSecretRequest request)
    {
        var secret = finder.Find(call, "RotateSecret", request.SecretId);
        if (owners.FirstOrDefault(one => one.Service == secret.OwningService) is not { } owner)
            throw ServiceException.Unsupported("RotateSecret of a secret that no service manages");
        if (request.RotationLambdaARN is not null)
            throw SecretErrors.Parameter("You can't specify a rotation function for a secret that is managed by another service.");
        if (request.RotationRules is not null || request.RotateImmediately == false)
            throw ServiceException.Unsupported("Another schedule for the rotation of a secret that a service manages");
        return new(secret.Arn, secret.Name, await owner.RotateAsync(call, secret));
    }
}
