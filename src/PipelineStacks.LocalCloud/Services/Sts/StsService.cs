using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Sts;

/// <summary>Who one is, and becoming a role. Any role can be assumed; whose account it belongs to decides where one then is.</summary>
internal sealed partial class StsService : IQueryService
{
    private readonly Sessions _sessions;
    private readonly SessionStore _store;

    public StsService(Sessions sessions, SessionStore store)
    {
        (_sessions, _store) = (sessions, store);
        Operations = new OperationTable("STS", Wire.Query)
            .Add<GetCallerIdentityRequest, GetCallerIdentityResponse>("GetCallerIdentity", GetCallerIdentity)
            .Add<AssumeRoleRequest, AssumeRoleResponse>("AssumeRole", AssumeRole)
            .Add<GetSessionTokenRequest, GetSessionTokenResponse>("GetSessionToken", GetSessionToken)
            .Add<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse>("GetAccessKeyInfo", GetAccessKeyInfo);
    }

    public string SigningName => "sts";

    public string XmlNamespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    public OperationTable Operations { get; }

    private static GetCallerIdentityResponse GetCallerIdentity(Call call, GetCallerIdentityRequest request)
    {
        call.Authorize("sts:GetCallerIdentity", "*");
        var principal = call.Principal;
        var userId = principal.RoleArn is { } roleArn ? $"{RoleId(roleArn)}:{principal.Arn[(principal.Arn.LastIndexOf('/') + 1)..]}" : principal.Account;
        return new(userId, principal.Account, principal.Arn);
    }

    private AssumeRoleResponse AssumeRole(Call call, AssumeRoleRequest request)
    {
        call.Authorize("sts:AssumeRole", request.RoleArn);
        if (!RoleArn().IsMatch(request.RoleArn))
            throw new ServiceException("ValidationError", $"{request.RoleArn} is invalid");
        if (!SessionName().IsMatch(request.RoleSessionName))
            throw new ServiceException("ValidationError", $"1 validation error detected: Value '{request.RoleSessionName}' at 'roleSessionName' "
                + "failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}");
        var principal = Principal.Session(request.RoleArn, request.RoleSessionName);
        var credentials = _store.Issue(principal, Duration(request.DurationSeconds, 3600, 43_200));
        return new(credentials, new($"{RoleId(request.RoleArn)}:{request.RoleSessionName}", principal.Arn), 0);
    }

    private GetSessionTokenResponse GetSessionToken(Call call, GetSessionTokenRequest request)
    {
        call.Authorize("sts:GetSessionToken", "*");
        return new(_store.Issue(call.Principal, Duration(request.DurationSeconds, 43_200, 129_600)));
    }

    private GetAccessKeyInfoResponse GetAccessKeyInfo(Call call, GetAccessKeyInfoRequest request)
    {
        call.Authorize("sts:GetAccessKeyInfo", "*");
        return new(_sessions.Resolve(request.AccessKeyId).Account);
    }

    private static TimeSpan Duration(int? seconds, int fallback, int max) => seconds is null or >= 900 && (seconds ?? fallback) <= max
        ? TimeSpan.FromSeconds(seconds ?? fallback)
        : throw new ServiceException("ValidationError", $"1 validation error detected: Value '{seconds}' at 'durationSeconds' failed to satisfy constraint: "
            + $"Member must have value between 900 and {max}");

    // Roles have ids on AWS that outlive their names; the same role always gets the same one here.
    private static string RoleId(string roleArn) => "AROA" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(roleArn)))[..17];

    [GeneratedRegex(@"^arn:aws:iam::\d{12}:role/.+$")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}$")]
    private static partial Regex SessionName();
}
