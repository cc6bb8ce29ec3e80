using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>
/// The file in which AWS's runtimes have Amazon's own authorities, those of RDS among them. Here it has those of the servers behind the instances, and
/// lies where this cloud may write: variables that name the file are given to a function with its place on this machine.
/// </summary>
internal sealed class RuntimeAuthorities(DataDirectory data, ServerAuthorities authorities)
{
    private const string PathOnAws = "/var/runtime/ca-cert.pem";

    public void Place(Dictionary<string, string> environment)
    {
        var names = environment.Where(variable => variable.Value == PathOnAws).Select(variable => variable.Key).ToList();
        if (names.Count == 0)
            return;
        var file = Path.Combine(data.Folder("lambda-runtime"), Path.GetFileName(PathOnAws));
        // Another process that starts now never reads half of it.
        var next = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(next, authorities.Text);
        File.Move(next, file, overwrite: true);
        foreach (var name in names)
            environment[name] = file;
    }
}
