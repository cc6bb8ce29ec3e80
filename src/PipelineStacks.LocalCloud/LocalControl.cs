using System.Globalization;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud;

/// <summary>What a real cloud has no need of: whether it is up, and moving virtual time.</summary>
internal sealed class LocalControl(CloudClock clock, IEnumerable<ILocalPath> paths)
{
    public const string Root = "/_local";

    private const string Help = "GET /_local/health, or with --virtual-time POST /_local/clock/advance?seconds=N";

    public Task HandleAsync(PathString path, HttpContext http) => (http.Request.Method, path.Value) switch
    {
        ("GET" or "HEAD", "/health") => http.Response.WriteAsJsonAsync(new { status = "ready" }),
        ("POST", "/clock/advance") => AdvanceAsync(http),
        _ => Other(path, http),
    };

    private Task Other(PathString path, HttpContext http)
    {
        foreach (var one in paths)
            if (path.StartsWithSegments(one.Prefix, out var rest))
                return one.HandleAsync(rest, http);
        return RefuseAsync(http, StatusCodes.Status404NotFound, Help);
    }

    private async Task AdvanceAsync(HttpContext http)
    {
        var asked = http.Request.Query["seconds"].ToString();
        if (clock is not VirtualClock time)
            await RefuseAsync(http, StatusCodes.Status409Conflict, "Time is real here. Start the local cloud with --virtual-time to move it.");
        else if (double.TryParse(asked, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds <= TimeSpan.FromDays(3660).TotalSeconds)
        {
            await time.AdvanceAsync(TimeSpan.FromSeconds(seconds));
            await http.Response.WriteAsJsonAsync(new { now = time.GetUtcNow() });
        }
        else
            await RefuseAsync(http, StatusCodes.Status400BadRequest, $"seconds={asked}: give a number of seconds from 0 to ten years.");
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { message });
    }
}
