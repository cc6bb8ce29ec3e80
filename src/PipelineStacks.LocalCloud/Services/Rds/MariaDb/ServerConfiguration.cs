using System.Text;

namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>What a server is started with.</summary>
/// <param name="ServerId">Unique among the servers of this cloud, as replication needs it.</param>
/// <param name="BinaryLog">As on RDS, whether there are automated backups decides.</param>
internal sealed record ServerConfiguration(int Port, uint ServerId, bool BinaryLog, IReadOnlyDictionary<string, string> Parameters)
{
    // Relative to the folder that server and client run in: a socket's path has room for 107 characters only.
    public const string Socket = "mysql.sock";

    public string ToFile(string folder)
    {
        var file = new StringBuilder($"""
            [mysqld]
            datadir = {Path.Combine(folder, "data")}
            socket = {Path.Combine("..", Socket)}
            pid-file = {Path.Combine("..", "server.pid")}
            bind-address = 127.0.0.1
            port = {Port}
            skip-name-resolve
            server-id = {ServerId}
            character-set-server = utf8mb4
            collation-server = utf8mb4_unicode_520_ci
            innodb_log_file_size = 48M
            ssl-ca = {Path.Combine(folder, ServerCertificate.Authority)}
            ssl-cert = {Path.Combine(folder, ServerCertificate.Certificate)}
            ssl-key = {Path.Combine(folder, ServerCertificate.Key)}

            """);
        if (BinaryLog)
            file.AppendLine("log-bin = mysql-bin-changelog").AppendLine("binlog_format = ROW");
        foreach (var (name, value) in Parameters.Where(one => ParameterCatalog.OfTheServer.ContainsKey(one.Key)))
            file.Append(ParameterCatalog.OptionOf(name)).Append(" = ").AppendLine(ParameterCatalog.ValueOf(name, value));
        return file.ToString();
    }
}
