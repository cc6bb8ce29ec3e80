using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kms.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kms;

/// <summary>Names of keys.</summary>
internal sealed class Aliases(KmsState state, KeyFinder keys, TimeProvider time)
{
    private const string Prefix = "alias/";

    public Empty Create(Call call, AliasRequest request)
    {
        call.Authorize("kms:CreateAlias", call.Arn("kms", request.AliasName));
        CheckName(request.AliasName);
        var key = keys.Find(call, "kms:CreateAlias", request.TargetKeyId);
        var now = time.GetUtcNow();
        return state.Aliases.TryAdd(KeyOf(call, request.AliasName), new(request.AliasName, call.Arn("kms", request.AliasName), key.Id, now, now))
            ? Empty.Value
            : throw new ServiceException("AlreadyExistsException", $"An alias with the name {call.Arn("kms", request.AliasName)} already exists");
    }

    public Empty Update(Call call, AliasRequest request)
    {
        call.Authorize("kms:UpdateAlias", call.Arn("kms", request.AliasName));
        CheckName(request.AliasName);
        var key = keys.Find(call, "kms:UpdateAlias", request.TargetKeyId);
        _ = state.Aliases.Update(KeyOf(call, request.AliasName), alias => alias with { KeyId = key.Id, Updated = time.GetUtcNow() })
            ?? throw Missing(call, request.AliasName);
        return Empty.Value;
    }

    public Empty Delete(Call call, DeleteAliasRequest request)
    {
        call.Authorize("kms:DeleteAlias", call.Arn("kms", request.AliasName));
        CheckName(request.AliasName);
        return state.Aliases.Remove(KeyOf(call, request.AliasName)) ? Empty.Value : throw Missing(call, request.AliasName);
    }

    public ListAliasesResponse List(Call call, PagedRequest request)
    {
        call.Authorize("kms:ListAliases", "*");
        var keyId = request.KeyId is null ? null : keys.Find(call, "kms:ListAliases", request.KeyId).Id;
        var aliases = state.Aliases.In(call.Account, call.Region).Where(alias => (keyId ?? alias.KeyId) == alias.KeyId);
        var page = Page<AliasState>.Of(aliases, request.Marker, request.Limit ?? 50, "InvalidMarkerException");
        return new([.. page.Items.Select(alias => new AliasListEntry(alias.Name, alias.Arn, alias.KeyId, alias.Created, alias.Updated))], page.IsTruncated, page.Next);
    }

    private static void CheckName(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Length is <= 6 or > 256
            || name.AsSpan(Prefix.Length).ContainsAnyExcept(System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-")))
            throw new ServiceException("ValidationException", $"Alias must start with the prefix \"alias/\" and hold letters, digits, /, _ and - only: {name}");
        if (name.StartsWith("alias/aws/", StringComparison.Ordinal))
            throw new ServiceException("NotAuthorizedException", $"{name} is reserved for AWS.");
    }

    private static ResourceKey KeyOf(Call call, string name) => new(call.Account, call.Region, name);

    private static ServiceException Missing(Call call, string name) => new("NotFoundException", $"Alias {call.Arn("kms", name)} is not found.");
}
