using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Lambda.Contracts;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>
/// The zip files of functions, unpacked, each once by its hash. They go at the next start at the earliest, since processes may
/// still read the files of a version that was replaced.
/// </summary>
internal sealed class CodeStore(DataDirectory data, IObjectStore objects, CloudEndpoint endpoint) : ILocalPath
{
    private const long MaxUnzipped = 262_144_000;
    private const long MaxDirect = 70_167_211;

    private readonly Lock _unpacking = new();

    public string Prefix => "/lambda-code";

    /// <summary>Takes code in, from the request or from S3.</summary>
    public FunctionCode Add(Call call, CodeLocation location) => location switch
    {
        { ZipFile: { } zip, S3Bucket: null, S3Key: null } => zip.Length <= MaxDirect
            ? Add(zip)
            : throw new ServiceException("RequestTooLargeException", $"Request must be smaller than {MaxDirect} bytes for the CreateFunction operation", 413),
        { ZipFile: null, S3Bucket: { } bucket, S3Key: { } key } => Add(Read(call, bucket, key)),
        _ => throw LambdaErrors.Invalid("Please provide a source for function code."),
    };

    /// <summary>Where the code lies unpacked: what the function knows as <c>LAMBDA_TASK_ROOT</c>.</summary>
    public string TaskRoot(FunctionCode code) => Path.Combine(FolderOf(code), "task");

    /// <summary>Where clients can fetch the zip file; on AWS a presigned URL of S3.</summary>
    public string UrlOf(FunctionCode code) => $"{endpoint.Url}{LocalControl.Root}{Prefix}/{IdOf(code)}";

    public Task HandleAsync(PathString rest, HttpContext http)
    {
        var id = (rest.Value ?? "").Trim('/');
        var zip = Path.Combine(data.Root, "lambda", id, "code.zip");
        if (!HttpMethods.IsGet(http.Request.Method) || id.Length != 64 || !id.All(char.IsAsciiHexDigit) || !File.Exists(zip))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/zip";
        return http.Response.SendFileAsync(zip);
    }

    /// <summary>Deletes what no function has any more, and what a kill left half unpacked.</summary>
    public void Sweep(IEnumerable<FunctionCode> used)
    {
        var keep = used.Select(IdOf).ToHashSet();
        foreach (var folder in Directory.EnumerateDirectories(data.Folder("lambda")))
            if (!keep.Contains(Path.GetFileName(folder)))
                Directory.Delete(folder, recursive: true);
    }

    private FunctionCode Add(byte[] zip)
    {
        var code = new FunctionCode(Convert.ToBase64String(SHA256.HashData(zip)), zip.Length);
        var folder = FolderOf(code);
        lock (_unpacking)
        {
            if (Directory.Exists(folder))
                return code;
            var next = Directory.CreateDirectory(folder + ".next").FullName;
            Unpack(zip, Path.Combine(next, "task"));
            File.WriteAllBytes(Path.Combine(next, "code.zip"), zip);
            Directory.Move(next, folder);
        }

        return code;
    }

    private static void Unpack(byte[] zip, string folder)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            if (archive.Entries.Sum(entry => entry.Length) > MaxUnzipped)
                throw LambdaErrors.Invalid($"Unzipped size must be smaller than {MaxUnzipped} bytes");
            if (archive.Entries.Count == 0)
                throw LambdaErrors.Invalid("Uploaded file must be a non-empty zip");
            archive.ExtractToDirectory(folder, overwriteFiles: true);
        }
        catch (Exception error) when (error is InvalidDataException or IOException { InnerException: InvalidDataException })
        {
            throw LambdaErrors.Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    private byte[] Read(Call call, string bucket, string key)
    {
        try
        {
            return File.ReadAllBytes(objects.Get(call, bucket, key).File);
        }
        catch (ServiceException error)
        {
            throw LambdaErrors.Invalid($"Error occurred while GetObject. S3 Error Code: {error.Code}. S3 Error Message: {error.Message}");
        }
    }

    private string FolderOf(FunctionCode code) => Path.Combine(data.Folder("lambda"), IdOf(code));

    private static string IdOf(FunctionCode code) => Convert.ToHexStringLower(Convert.FromBase64String(code.Sha256));
}
