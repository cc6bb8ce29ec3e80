using System.Globalization;
using System.Text.Json;
using Amazon.Runtime.Internal.Transform;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.Iot;

/// <summary>AWS IoT: where devices connect, and publishing over HTTPS.</summary>
public sealed class IotClient(AwsSettings settings) : IDisposable
{
    private readonly RestClient _control = new(new ServiceDescription("IoT", "iot", "2015-05-28"), settings);
    private readonly RestClient _data = new(new ServiceDescription("IoT Data Plane", "data-ats.iot", "2015-05-28") { SigningName = "iotdata" }, settings);

    /// <summary>Where the account's devices connect: a host, and with a port where that is not 8883.</summary>
    public async Task<string> DescribeEndpointAsync(CancellationToken cancel)
    {
        var answer = await _control.CallAsync(
            new RawRequest("DescribeEndpoint", [], "application/json", null)
            {
                Method = "GET",
                Path = "/endpoint",
                Query = new Dictionary<string, string> { ["endpointType"] = "iot:Data-ATS" },
            },
            cancel);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("endpointAddress").GetString()!;
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="atLeastOnce">The quality of service 1 instead of 0.</param>
    public Task PublishAsync(string topic, byte[] payload, bool atLeastOnce, CancellationToken cancel) => _data.CallAsync(
        new RawRequest("Publish", payload, "application/octet-stream", null)
        {
            Path = "/topics/{topic}",
            PathNames = new Dictionary<string, string> { ["{topic}"] = topic },
            Query = new Dictionary<string, string> { ["qos"] = (atLeastOnce ? 1 : 0).ToString(CultureInfo.InvariantCulture) },
        },
        cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _control.Dispose();
        _data.Dispose();
    }

    private sealed class RestClient(ServiceDescription service, AwsSettings settings) : ServiceClient(service, settings, ReadError)
    {
        public Task<byte[]> CallAsync(RawRequest request, CancellationToken cancel) => SendAsync(request, cancel);

        private static (string Code, string Message) ReadError(byte[] body, IWebResponseData response) => AwsJsonClient.ReadError(body, response);
    }
}
