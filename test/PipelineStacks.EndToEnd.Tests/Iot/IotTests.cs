using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Iot;

/// <summary>Devices and clients as they are: mosquitto's, npm's mqtt, awscli and boto3, against the broker and the rules.</summary>
public sealed class IotTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Role = "arn:aws:iam::000000000000:role/iot";
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Messages_OfEveryClient_ComeThroughTheRule()
    {
        var rule = await RuleAsync("everyone", "SELECT n, clientid() AS client FROM 'everyone/+'");
        var port = $"{(await BrokerAsync())["mqttPort"]}";

        foreach (var version in new[] { "mqttv311", "mqttv5" })
            (await Tool.RunAsync("mosquitto_pub", ["-h", "127.0.0.1", "-p", port, "-V", version, "-q", "1", "-i", version, "-t", "everyone/a", "-m", """{"n":1}"""])).Succeeded();
        (await cloud.AwsAsync("iot-data", "publish", "--cli-binary-format", "raw-in-base64-out", "--topic", "everyone/a", "--payload", """{"n":3}""")).Succeeded();
        (await cloud.PythonAsync("""client("iot-data").publish(topic="everyone/a", qos=1, payload=json.dumps({"n": 4}))""")).Succeeded();
        (await NodeAsync("""
            const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.mqttPort}`, { protocolVersion: 5, clientId: 'node' });
            await client.publishAsync('everyone/a', JSON.stringify({ n: 5 }), { qos: 1 });
            await client.publishAsync('$aws/rules/everyone/elsewhere', JSON.stringify({ n: 6 }), { qos: 1 });
            await client.endAsync();
            """)).Succeeded();

        (await ReadAsync(rule, 6)).ShouldBe(
        [
            """{"n":1,"client":"mqttv311"}""", """{"n":1,"client":"mqttv5"}""", """{"n":3,"client":"n/a"}""", """{"n":4,"client":"n/a"}""",
            """{"n":5,"client":"node"}""", """{"n":6,"client":"node"}""",
        ]);
        (await cloud.AwsAsync("iot", "describe-endpoint", "--endpoint-type", "iot:Data-ATS", "--query", "endpointAddress", "--output", "text")).Succeeded().Trim().ShouldBe($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Device_WithACertificate_MayDoWhatItsPolicyAllows()
    {
        var rule = await RuleAsync("certified", "SELECT n, principal() AS p FROM 'certified/+/readings'");
        (await cloud.PythonAsync($$$"""
            os.environ["CERTIFICATE"] = {{{JsonValue.Create(Certificate).ToJsonString()}}}
            iot = client("iot")
            certificate = iot.create_keys_and_certificate(setAsActive=True)
            arn = "arn:aws:iot:eu-west-1:000000000000:"
            iot.create_policy(policyName="device", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "iot:Connect", "Resource": arn + "client/${iot:Connection.Thing.ThingName}"},
              {"Effect": "Allow", "Action": "iot:Publish", "Resource": arn + "topic/certified/${iot:Connection.Thing.ThingName}/readings"}]}))
            iot.create_thing(thingName="thing-1")
            iot.attach_policy(policyName="device", target=certificate["certificateArn"])
            iot.attach_thing_principal(thingName="thing-1", principal=certificate["certificateArn"])
            open(os.environ["CERTIFICATE"], "w").write(json.dumps(certificate, default=str))
            """)).Succeeded();

        var said = (await NodeAsync($$"""
            const certificate = JSON.parse(fs.readFileSync({{JsonValue.Create(Certificate).ToJsonString()}}));
            const connect = clientId => mqtt.connectAsync(`mqtts://127.0.0.1:${broker.mqttsPort}`, {
              clientId, ca: broker.certificateAuthority, cert: certificate.certificatePem, key: certificate.keyPair.PrivateKey, reconnectPeriod: 0 });
            await connect('thing-2').then(() => console.log('thing-2 connected'), error => console.log('thing-2', error.message));
            const client = await connect('thing-1');
            await client.publishAsync('certified/thing-1/readings', JSON.stringify({ n: 1 }), { qos: 1 });
            const closed = new Promise(resolve => client.on('close', resolve));
            client.publish('certified/thing-2/readings', JSON.stringify({ n: 2 }), { qos: 1 }, () => {});
            await closed;
            console.log('closed');
            client.end(true);
            """)).Succeeded();

        said.ShouldBe("thing-2 Connection refused: Not authorized\nclosed\n");
        var record = JsonNode.Parse((await ReadAsync(rule, 1)).ShouldHaveSingleItem())!;
        record["p"]!.ToString().ShouldBe(JsonNode.Parse(await File.ReadAllTextAsync(Certificate))!["certificateId"]!.ToString());
    }

    [Fact]
    public async Task Limits_OfIotCore_CloseTheConnection() => (await NodeAsync("""
        const attempts = {
          'a reserved topic': ['$SYS/a', '', {}],
          'eight slashes': ['1/2/3/4/5/6/7/8/9', '', {}],
          'a long topic': ['t'.repeat(257), '', {}],
          'a large payload': ['t', Buffer.alloc(128 * 1024 + 1), {}],
          'QoS 2': ['t', '', { qos: 2 }],
        };
        for (const [name, [topic, payload, options]] of Object.entries(attempts)) {
          const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.mqttPort}`, { reconnectPeriod: 0 });
          const closed = new Promise(resolve => client.on('close', resolve));
          client.publish(topic, payload, { qos: 1, ...options }, () => {});
          await closed;
          console.log(name);
          client.end(true);
        }
        await new Promise(resolve => mqtt.connect(`mqtt://127.0.0.1:${broker.mqttPort}`, { clientId: 'c'.repeat(129), reconnectPeriod: 0 }).on('error', () => {}).on('close', resolve));
        console.log('a long client id');
        const first = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.mqttPort}`, { clientId: 'twin', reconnectPeriod: 0 });
        const replaced = new Promise(resolve => first.on('close', resolve));
        const second = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.mqttPort}`, { clientId: 'twin', reconnectPeriod: 0 });
        await replaced;
        console.log('a second client of that id');
        second.end(true);
        """)).Succeeded().ShouldBe("a reserved topic\neight slashes\na long topic\na large payload\nQoS 2\na long client id\na second client of that id\n");

    [Fact]
    public async Task Broker_ThatIsKilled_IsStartedAgain_AndLosesNothingThatItAcknowledged()
    {
        var rule = await RuleAsync("killed", "SELECT n FROM 'killed'");
        var before = await BrokerAsync();

        var published = NodeAsync("""
            const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.mqttPort}`, { reconnectPeriod: 100, clientId: 'persistent', clean: false });
            let acknowledged = 0;
            client.on('error', () => {});
            for (let n = 0; n < 400; n++) { await client.publishAsync('killed', JSON.stringify({ n }), { qos: 1 }); acknowledged++; if (n === 100) console.error('under way'); }
            console.log(acknowledged);
            client.end(true);
            """);
        await ReadAsync(rule, 50);
        using (var process = Process.GetProcessById((int)before["processId"]!))
            process.Kill();
        (await published).Succeeded().Trim().ShouldBe("400");

        var numbers = (await ReadAsync(rule, 400)).Select(line => (int)JsonNode.Parse(line)!["n"]!).Distinct();
        numbers.Order().ShouldBe(Enumerable.Range(0, 400));
        ((int)(await BrokerAsync())["processId"]!).ShouldNotBe((int)before["processId"]!);
        ((int)(await BrokerAsync())["mqttPort"]!).ShouldBe((int)before["mqttPort"]!);
    }

    [Fact]
    public async Task MqttPort_InUse_IsSaidWithTheOption()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var result = await Tool.RunAsync("dotnet", [Repository.LocalCloud, "--port", "0", "--mqtt-port", $"{port}", "--ephemeral"]);

        result.ExitCode.ShouldBe(1);
        result.Error.Trim().ShouldBe($"Port {port} for MQTT is in use. Stop what listens there, or choose another with --mqtt-port (0 takes a free one).");
    }

    private string Certificate => Path.Combine(cloud.DataDirectory, "device.json");

    private async Task<JsonNode> BrokerAsync() => JsonNode.Parse(await Http.GetStringAsync(new Uri(cloud.Endpoint, "/_local/iot")))!;

    /// <summary>npm's client; <c>broker</c> is where it connects.</summary>
    private async Task<ToolResult> NodeAsync(string script)
    {
        var file = Path.Combine(Repository.Root, "artifacts", $"iot-{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, $"import fs from 'node:fs';\nimport mqtt from 'mqtt';\nconst broker = {await BrokerAsync()};\n{script}\n");
        try
        {
            return await Tool.RunAsync("node", [file]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A rule into a stream of its own.</summary>
    private async Task<string> RuleAsync(string name, string sql)
    {
        (await cloud.AwsAsync("kinesis", "create-stream", "--stream-name", name, "--shard-count", "1")).Succeeded();
        (await cloud.AwsAsync("kinesis", "wait", "stream-exists", "--stream-name", name)).Succeeded();
        var payload = new JsonObject
        {
            ["sql"] = sql,
            ["awsIotSqlVersion"] = "2016-03-23",
            ["actions"] = new JsonArray(new JsonObject { ["kinesis"] = new JsonObject { ["roleArn"] = Role, ["streamName"] = name, ["partitionKey"] = "k" } }),
        };
        (await cloud.AwsAsync("iot", "create-topic-rule", "--rule-name", name, "--topic-rule-payload", payload.ToJsonString())).Succeeded();
        return name;
    }

    /// <summary>What is in a stream, once there is so much.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(string stream, int count)
    {
        string[] lines = [];
        (await Wait.TryUntilAsync(async () => (lines = await RecordsAsync(stream)).Length >= count)).ShouldBeTrue(string.Join('\n', lines));
        return lines;
    }

    private async Task<string[]> RecordsAsync(string stream) => (await cloud.PythonAsync($"""
        kinesis = client("kinesis")
        iterator = kinesis.get_shard_iterator(StreamName="{stream}", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        for record in kinesis.get_records(ShardIterator=iterator)["Records"]: print(record["Data"].decode())
        """)).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
