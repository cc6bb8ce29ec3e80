using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>Passwords by the rules of <c>GetRandomPassword</c> and of templates' <c>GenerateSecretString</c>.</summary>
internal static class RandomPasswords
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static GetRandomPasswordResponse Get(Call call, GetRandomPasswordRequest request)
    {
        call.Authorize("secretsmanager:GetRandomPassword", "*");
        return new(New(request));
    }

    public static string New(GetRandomPasswordRequest rules)
    {
        var length = rules.PasswordLength ?? 32;
        if (length is < 1 or > 4096)
            throw SecretErrors.Parameter("PasswordLength must be between 1 and 4096.");
        var types = Types(rules).Select(type => string.Concat(type.Except(rules.ExcludeCharacters ?? ""))).Where(type => type.Length > 0).ToList();
        if (types.Count == 0)
            throw SecretErrors.Parameter("The password can't be generated: every character is excluded.");
        if (rules.RequireEachIncludedType && length < types.Count)
            throw SecretErrors.Parameter($"The password length {length} is too short for one character of each of {types.Count} types.");
        var required = rules.RequireEachIncludedType ? types.Select(type => RandomNumberGenerator.GetItems<char>(type, 1)[0]).ToList() : [];
        char[] password = [.. required, .. RandomNumberGenerator.GetItems<char>(string.Concat(types), length - required.Count)];
        RandomNumberGenerator.Shuffle(password.AsSpan());
        return new(password);
    }

    private static IEnumerable<string> Types(GetRandomPasswordRequest rules)
    {
        if (!rules.ExcludeLowercase)
            yield return "abcdefghijklmnopqrstuvwxyz";
        if (!rules.ExcludeUppercase)
            yield return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        if (!rules.ExcludeNumbers)
            yield return "0123456789";
        if (!rules.ExcludePunctuation)
            yield return Punctuation;
        if (rules.IncludeSpace)
            yield return " ";
    }
}
