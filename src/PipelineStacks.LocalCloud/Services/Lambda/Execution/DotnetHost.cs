using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>
/// What AWS's dotnet10 runtime does around a handler <c>Assembly::Namespace.Type::Method</c>: a process of this program that
/// loads the function's assembly, fetches invocations from the runtime API and answers them. Handlers take and return streams,
/// as they do on AWS where the assembly names no serialiser.
/// </summary>
internal sealed class DotnetHost(HttpClient http, string api)
{
    /// <summary>The first argument of the program that makes it a function's process.</summary>
    public const string Command = "lambda-host";

    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var host = new DotnetHost(http, $"http://{Variable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime");
        Func<Stream, Task<Stream>> handler;
        try
        {
            handler = Load(Variable("LAMBDA_TASK_ROOT"), Variable("_HANDLER"));
        }
        catch (Exception error)
        {
            await host.FailAsync("/init/error", error);
            return 1;
        }

        while (true)
            await host.ServeAsync(handler);
    }

    private async Task ServeAsync(Func<Stream, Task<Stream>> handler)
    {
        using var next = await http.GetAsync($"{api}/invocation/next");
        next.EnsureSuccessStatusCode();
        var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        try
        {
            await using var answer = await handler(await next.Content.ReadAsStreamAsync());
            Mark(id);
            using var content = new StreamContent(answer);
            using var accepted = await http.PostAsync($"{api}/invocation/{id}/response", content);
        }
        catch (Exception error)
        {
            await Console.Out.WriteLineAsync(error.ToString().ReplaceLineEndings("\r"));
            Mark(id);
            await FailAsync($"/invocation/{id}/error", error);
        }
    }

    private async Task FailAsync(string resource, Exception error)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(Describe(error)));
        using var accepted = await http.PostAsync(api + resource, content);
    }

    private static Func<Stream, Task<Stream>> Load(string taskRoot, string handler)
    {
        if (handler.Split("::") is not [var assemblyName, var typeName, var methodName])
            throw new HandlerException("LambdaValidationException", $"Invalid lambda function handler: '{handler}'. The valid format is 'ASSEMBLY::TYPE::METHOD'.");
        var path = Path.Combine(taskRoot, assemblyName + ".dll");
        if (!File.Exists(path))
            throw new HandlerException("LambdaValidationException", $"Could not find the specified handler assembly with the file name '{assemblyName}.dll'.");
        var type = new FunctionAssemblies(path).LoadFromAssemblyPath(path).GetType(typeName)
            ?? throw new HandlerException("LambdaValidationException", $"Unable to load type '{typeName}' from assembly '{assemblyName}'.");
        var method = type.GetMethod(methodName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            ?? throw new HandlerException("LambdaValidationException", $"Failed to find method '{methodName}' in type '{typeName}'.");
        var takes = method.GetParameters() switch { [] => false, [var one] when one.ParameterType == typeof(Stream) => true, _ => throw Signature(method) };
        var instance = method.IsStatic ? null : Activator.CreateInstance(type);
        Func<Stream, object?> invoke = input => method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, takes ? [input] : [], null);
        return method.ReturnType switch
        {
            var result when result == typeof(Stream) || result == typeof(MemoryStream) => input => Task.FromResult((Stream)invoke(input)!),
            var result when result == typeof(Task<Stream>) => input => (Task<Stream>)invoke(input)!,
            var result when result == typeof(Task) => async input =>
            {
                await (Task)invoke(input)!;
                return new MemoryStream();
            },
            var result when result == typeof(void) => input =>
            {
                invoke(input);
                return Task.FromResult<Stream>(new MemoryStream());
            },
            _ => throw Signature(method),
        };
    }

    private static HandlerException Signature(MethodInfo method) => new("LambdaValidationException",
        $"The method {method.DeclaringType}::{method.Name} must take a Stream or nothing, and return Stream, Task<Stream>, Task or nothing: "
        + "the local cloud runs handlers without Amazon.Lambda's context and serialisers.");

    private static object Describe(Exception error) => new
    {
        errorType = error is HandlerException handler ? handler.Type : error.GetType().Name,
        errorMessage = error.Message,
        stackTrace = (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    // Tells the cloud that all lines of the invocation are out.
    private static void Mark(string requestId)
    {
        Console.Error.Flush();
        Console.Out.Write($"\u0001{requestId}\n");
        Console.Out.Flush();
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: the local cloud starts this for functions.");

    private sealed class HandlerException(string type, string message) : Exception(message)
    {
        public string Type => type;
    }

    /// <summary>The function's own assemblies before those of this program.</summary>
    private sealed class FunctionAssemblies(string path) : AssemblyLoadContext("function")
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = _resolver.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
    }
}
