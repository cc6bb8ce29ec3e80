using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Sts;

/// <summary>Gives out temporary credentials, and knows them again after a restart until they expire.</summary>
internal sealed class SessionStore(StateStore state, Sessions sessions, CloudClock clock) : IHostedService
{
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly StateCollection<Session> _issued = state.Open<Session>("sts", "sessions");

    public Credentials Issue(Principal principal, TimeSpan duration)
    {
        var credentials = new Credentials(
            Sessions.NewAccessKeyId(), RandomNumberGenerator.GetString(SecretAlphabet, 40),
            RandomNumberGenerator.GetString(SecretAlphabet, 120), clock.GetUtcNow() + duration);
        _issued.Put(Key(principal, credentials.AccessKeyId), new(credentials.AccessKeyId, principal, credentials.Expiration));
        sessions.Remember(credentials.AccessKeyId, principal);
        return credentials;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var session in _issued.All.Select(item => item.Value).ToList())
        {
            if (session.Expiration < clock.GetUtcNow())
                _issued.Remove(Key(session.Principal, session.AccessKeyId));
            else
                sessions.Remember(session.AccessKeyId, session.Principal);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static ResourceKey Key(Principal principal, string accessKeyId) => new(principal.Account, "", accessKeyId);

    private sealed record Session(string AccessKeyId, Principal Principal, DateTimeOffset Expiration);
}
