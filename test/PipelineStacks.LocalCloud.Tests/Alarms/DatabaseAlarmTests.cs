using System.Net;
using System.Net.Sockets;
using PipelineStacks.LocalCloud.Tests.Rds;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>A database that is connected to too often, and whose disk fills up.</summary>
public sealed class DatabaseAlarmTests(DatabaseCloud database) : IClassFixture<DatabaseCloud>
{
    [Fact]
    public async Task Database_WithTooManyConnections_IsTold_AndOneWithoutRoomCalls()
    {
        var cloud = new AlarmCloud(database.Cloud);
        await cloud.DeployAsync(("DatabaseInstance", DatabaseCloud.Id));
        await cloud.MinutesAsync(3);
        foreach (var alarm in new[] { "connections", "storage", "processor" })
            (await cloud.StateAsync($"database-{alarm}")).ShouldBe("OK");

        var clients = new List<TcpClient>();
        for (var i = 0; i < 101; i++)
        {
            clients.Add(new TcpClient());
            await clients[^1].ConnectAsync(IPAddress.Loopback, database.State.Port);
        }

        // Three periods of five minutes slide with the minutes: after eleven each has had one that breached, and the twelfth evaluates them.
        (await cloud.UntilAsync("database-connections", "ALARM", 30)).ShouldBe(12);
        clients.ForEach(client => client.Dispose());
        await cloud.UntilAsync("database-connections", "OK", 20);
        (await cloud.MailsAsync("database-connections")).ShouldBe(["OK", "ALARM", "OK"]);

        var file = Path.Combine(database.Folder, "large");
        await using (var large = File.Create(file))
            large.SetLength(18L << 30);
        (await cloud.UntilAsync("database-storage", "ALARM", 30)).ShouldBe(12);
        (await cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldBe(["OK", "ALARM"]);
        File.Delete(file);
        await cloud.UntilAsync("database-storage", "OK", 20);
        (await cloud.MailsAsync("sakila-pipeline", "Critical")).ShouldBe(["OK", "ALARM", "OK"]);
    }
}
