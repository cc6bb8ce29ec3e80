using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.Dms.Replication;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Connection tests: real ones, from a process like the one that would replicate.</summary>
internal sealed class Connections(DmsState state, Endpoints endpoints, Instances instances, TaskServices services)
{
    public ConnectionResponse Test(Call call, TestConnectionRequest request)
    {
        call.Authorize("dms:TestConnection", request.EndpointArn);
        var (endpoint, instance) = (endpoints.Get(request.EndpointArn), instances.Get(request.ReplicationInstanceArn));
        var connection = new Connection(
            request.ReplicationInstanceArn, request.EndpointArn, "testing", endpoint.Endpoint.EndpointIdentifier, instance.ReplicationInstanceIdentifier);
        Put(connection);
        // It answers in seconds of the machine's time, which virtual time has no say in.
        _ = RunAsync(connection);
        return new(connection);
    }

    public DescribeConnectionsResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeConnections", "*");
        var page = Filtering.Page(state.Connections.In(call.Account, call.Region), request, (connection, name) => name switch
        {
            "endpoint-arn" => connection.EndpointArn,
            "replication-instance-arn" => connection.ReplicationInstanceArn,
            _ => null,
        });
        return new(page.Items, page.Next);
    }

    public ConnectionResponse Delete(Call call, DeleteConnectionRequest request)
    {
        call.Authorize("dms:DeleteConnection", request.EndpointArn);
        var key = KeyOf(request.EndpointArn, request.ReplicationInstanceArn);
        if (!state.Connections.TryGet(key, out var connection))
            throw DmsErrors.NotFound("Connection", request.EndpointArn);
        state.Connections.Remove(key);
        return new(connection with { Status = "deleting" });
    }

    /// <exception cref="ServiceException">The endpoint has not been tested with success from the task's instance.</exception>
    public void Demand(string endpoint, string instance)
    {
        if (!state.Connections.TryGet(KeyOf(endpoint, instance), out var connection) || connection.Status != "successful")
            throw DmsErrors.State($"Test connection for replication instance and endpoint should be successful for starting the replication task. Endpoint: {endpoint}");
    }

    /// <summary>Tries to connect.</summary>
    /// <returns>Why that failed, or null.</returns>
    public async Task<string?> FailureOfAsync(string endpointArn)
    {
        try
        {
            var endpoint = endpoints.Get(endpointArn);
            return endpoint.Endpoint.EndpointType == "source" ? await TestSourceAsync(endpoint) : TestTarget(endpoint);
        }
        catch (Exception error) when (error is ServiceException or IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return error.Message;
        }
    }

    private async Task RunAsync(Connection connection)
    {
        var failure = await FailureOfAsync(connection.EndpointArn);
        Put(connection with { Status = failure is null ? "successful" : "failed", LastFailureMessage = failure });
    }

    private async Task<string?> TestSourceAsync(EndpointState endpoint)
    {
        var source = await services.Access.ResolveAsync(endpoint, DmsState.KeyOf(endpoint.Endpoint.EndpointArn));
        using var worker = WorkerProcess.Start(new JsonObject { ["mode"] = "test", ["source"] = source });
        string? failure = "The connection test ended without a result.";
        var errors = await worker.ReadAsync(line =>
        {
            var message = JsonNode.Parse(line)!;
            failure = message["done"] is not null ? null : message["failed"]?["message"]?.ToString() ?? failure;
            return Task.CompletedTask;
        });
        return failure is null || errors.Length == 0 ? failure : $"{failure} {errors}";
    }

    private string? TestTarget(EndpointState endpoint)
    {
        try
        {
            services.TargetOf(endpoint.Endpoint.EndpointArn, "dms-connection-test").Check();
            return null;
        }
        catch (ServiceException error)
        {
            return $"Test Endpoint failed: Application-Status: 1020912, Application-Message: Failed to connect to S3 bucket {endpoint.Endpoint.S3Settings!.BucketName}, " +
                $"Application-Detailed-Message: {error.Code}: {error.Message}";
        }
    }

    private void Put(Connection connection) => state.Connections.Put(KeyOf(connection.EndpointArn, connection.ReplicationInstanceArn), connection);

    private static State.ResourceKey KeyOf(string endpoint, string instance) => DmsState.KeyOf(endpoint) with { Name = $"{endpoint} {instance}" };
}
