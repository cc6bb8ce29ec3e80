using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Settings;

public sealed class SettingsErrorTests
{
    [Theory]
    // The stream.
    [InlineData("""{"stream":{"retentionHours":12}}""", "environments.dev.stream.retentionHours = 12: out of range. Give a whole number of hours from 24 to 8760.")]
    [InlineData("""{"stream":{"retentionHours":8761}}""", "environments.dev.stream.retentionHours = 8761: out of range. Give a whole number of hours from 24 to 8760.")]
    [InlineData("""{"stream":{"retentionHours":24.5}}""", "environments.dev.stream.retentionHours = 24.5: not a whole number. Give a whole number of hours from 24 to 8760.")]
    [InlineData("""{"stream":{"retentionHours":"24"}}""", "environments.dev.stream.retentionHours = \"24\": not a whole number. Give a whole number of hours from 24 to 8760.")]
    [InlineData("""{"stream":{"retentionHours":null}}""", "environments.dev.stream.retentionHours = null: not a whole number. Give a whole number of hours from 24 to 8760.")]
    [InlineData("""{"stream":{"mode":"provisioned"}}""", "environments.dev.stream.shards: missing, and a provisioned stream needs them. Give a whole number of shards from 1 to 500, or set mode to \"on-demand\".")]
    [InlineData("""{"stream":{"shards":2}}""", "environments.dev.stream.shards = 2: a stream on demand chooses its shards itself. Remove it, or set mode to \"provisioned\".")]
    [InlineData("""{"stream":{"mode":"provisioned","shards":0}}""", "environments.dev.stream.shards = 0: out of range. Give a whole number of shards from 1 to 500.")]
    [InlineData("""{"stream":{"mode":"OnDemand"}}""", "environments.dev.stream.mode = \"OnDemand\": not one of the known words. Give \"on-demand\" or \"provisioned\".")]
    [InlineData("""{"stream":4}""", "environments.dev.stream = 4: not an object. Give an object { … }.")]
    // Delivery.
    [InlineData("""{"delivery":{"bufferMegabytes":63}}""", "environments.dev.delivery.bufferMegabytes = 63: out of range. Give a whole number of megabytes from 64 to 128.")]
    [InlineData("""{"delivery":{"bufferMegabytes":129}}""", "environments.dev.delivery.bufferMegabytes = 129: out of range. Give a whole number of megabytes from 64 to 128.")]
    [InlineData("""{"delivery":{"bufferSeconds":30}}""", "environments.dev.delivery.bufferSeconds = 30: out of range. Give 0, or a whole number of seconds from 60 to 900.")]
    [InlineData("""{"delivery":{"bufferSeconds":901}}""", "environments.dev.delivery.bufferSeconds = 901: out of range. Give 0, or a whole number of seconds from 60 to 900.")]
    [InlineData("""{"delivery":{"sourceBackup":"yes"}}""", "environments.dev.delivery.sourceBackup = \"yes\": not true or false. Give true or false, without quotes.")]
    // Lifecycle.
    [InlineData("""{"lifecycle":{"clean":{"infrequentAccessDays":29}}}""", "environments.dev.lifecycle.clean.infrequentAccessDays = 29: out of range. Give 0, or a whole number of days from 30 to 3650.")]
    [InlineData("""{"lifecycle":{"clean":{"glacierDays":45}}}""", "environments.dev.lifecycle.clean.glacierDays = 45: too soon after infrequent access. Give at least 60: S3 asks for 30 days in infrequent access first.")]
    [InlineData("""{"lifecycle":{"landing":{"expireDays":100}}}""", "environments.dev.lifecycle.landing.expireDays = 100: not after the last move at 120 days. Give more than 120, or set infrequentAccessDays and glacierDays to 0.")]
    [InlineData("""{"lifecycle":{"quarantineDays":0}}""", "environments.dev.lifecycle.quarantineDays = 0: out of range. Give a whole number of days from 1 to 3650.")]
    // The environment itself.
    [InlineData("""{"account":"12345"}""", "environments.dev.account = \"12345\": not of the expected shape. Give the 12 digits of an account as text.")]
    [InlineData("""{"account":123456789012}""", "environments.dev.account = 123456789012: not a text. Give the 12 digits of an account as text.")]
    [InlineData("""{"region":"Ireland"}""", "environments.dev.region = \"Ireland\": not of the expected shape. Give a Region such as eu-west-1.")]
    [InlineData("""{"removalPolicy":"delete"}""", "environments.dev.removalPolicy = \"delete\": not one of the known words. Give \"retain\" or \"destroy\".")]
    [InlineData("""{"logRetentionDays":10}""", "environments.dev.logRetentionDays = 10: not allowed. Give one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.")]
    [InlineData("""{"dataSince":"2026-02-30"}""", "environments.dev.dataSince = \"2026-02-30\": not a date. Give a date such as \"2026-01-31\".")]
    [InlineData("""{"alarmAddresses":["a@example.com","nobody"]}""", "environments.dev.alarmAddresses[1] = \"nobody\": not of the expected shape. Give e-mail addresses such as data-team@example.com.")]
    [InlineData("""{"alarmAddresses":"a@example.com"}""", "environments.dev.alarmAddresses = \"a@example.com\": not a list of texts. Give e-mail addresses such as data-team@example.com.")]
    [InlineData("""{"queries":{"scanLimitMegabytes":9}}""", "environments.dev.queries.scanLimitMegabytes = 9: out of range. Give a whole number of megabytes from 10 to 1000000000.")]
    [InlineData("""{"tags":{"aws:cost":"1"}}""", "environments.dev.tags = {\"aws:cost\":\"1\"}: 'aws:cost' can't be a tag's key. Give at most 48 tags, with keys of up to 128 and values of up to 256 letters, digits, spaces and _ . : / = + - @, none beginning with aws:.")]
    [InlineData("""{"tags":{"project":"mine"}}""", "environments.dev.tags = {\"project\":\"mine\"}: the tag 'project' is set by the app. Give at most 48 tags, with keys of up to 128 and values of up to 256 letters, digits, spaces and _ . : / = + - @, none beginning with aws:.")]
    // Pipelines.
    [InlineData("""{"pipelines":["film-event"]}""", "environments.dev.pipelines[0] = \"film-event\": no pipeline, and perhaps meant as 'film-events'. Give any of film-events, sakila, play-logs, telemetry.")]
    // The network.
    [InlineData("""{"network":{"vpcId":"vpc-1"}}""", "environments.dev.network.vpcId = \"vpc-1\": not of the expected shape. Give the id of a VPC such as vpc-0123456789abcdef0.")]
    [InlineData("""{"network":{"vpcId":"vpc-0123456789abcdef0"}}""", "environments.dev.network.subnetIds: too few for an existing VPC. Give at least two subnets in different zones: RDS and DMS ask for them.")]
    [InlineData("""{"network":{"subnetIds":["subnet-12345678"],"zones":["eu-west-1a"]}}""", "environments.dev.network.vpcId: missing, and subnets are given. Give the VPC that they belong to, or remove subnetIds and zones.")]
    [InlineData("""{"network":{"vpcId":"vpc-12345678","subnetIds":["subnet-12345678","subnet-12345679","subnet-1234567a"],"zones":["eu-west-1a","eu-west-1b"]}}""", "environments.dev.network.zones: 2 zones for 3 subnets. Give the zone of each subnet, in the same order.")]
    [InlineData("""{"network":{"addresses":"8.8.8.0/24"}}""", "environments.dev.network.addresses = \"8.8.8.0/24\": not of the expected shape. Give private addresses such as 10.64.0.0/24, with 16 to 25 bits for the network.")]
    // The database.
    [InlineData("""{"database":{"engineVersion":"8.0.39"}}""", "environments.dev.database.engineVersion = \"8.0.39\": not of the expected shape. Give a version of MySQL 8.4 such as 8.4.8.")]
    [InlineData("""{"database":{"backupDays":0}}""", "environments.dev.database.backupDays = 0: out of range. Give a whole number of days from 1 to 35.")]
    [InlineData("""{"database":{"binlogHours":12}}""", "environments.dev.database.binlogHours = 12: out of range. Give a whole number of hours from 24 to 168.")]
    [InlineData("""{"database":{"storageGigabytes":200}}""", "environments.dev.database.maximumStorageGigabytes = 100: less than there is from the beginning. Give at least 200.")]
    [InlineData("""{"database":{"host":"films.example.com"}}""", "environments.dev.database.replicationSecretArn: missing, and an existing database needs it. Give the ARN of the secret with username, password, host and port for DMS.")]
    [InlineData("""{"database":{"adminSecretArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:admin-a1B2c3"}}""", "environments.dev.database.host: missing, and a secret of an existing database is given. Give its host name, or remove the ARNs.")]
    [InlineData("""{"database":{"host":"a","replicationSecretArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:dms"}}""", "environments.dev.database.replicationSecretArn = \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:dms\": not of the expected shape. Give the whole ARN of a secret, with the six characters at its end.")]
    [InlineData("""{"database":{"host":"a","replicationSecretArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:dms-a1B2c3","rotateAdminPassword":true}}""", "environments.dev.database.rotateAdminPassword = true: not possible for an existing database. Let its owner rotate it, and remove this.")]
    // The replication.
    [InlineData("""{"replication":{"engineVersion":"3.5.3"}}""", "environments.dev.replication.engineVersion = \"3.5.3\": not of the expected shape. Give a version of DMS that lives, such as 3.6.1.")]
    [InlineData("""{"replication":{"engineVersion":"3.6.0"}}""", "environments.dev.replication.engineVersion = \"3.6.0\": not of the expected shape. Give a version of DMS that lives, such as 3.6.1.")]
    [InlineData("""{"replication":{"maximumCapacityUnits":3}}""", "environments.dev.replication.maximumCapacityUnits = 3: not allowed. Give one of 1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384.")]
    [InlineData("""{"replication":{"validation":true}}""", "environments.dev.replication.validation = true: not possible over CSV. Set format to \"parquet\", or remove it.")]
    [InlineData("""{"replication":{"format":"json"}}""", "environments.dev.replication.format = \"json\": not one of the known words. Give \"csv\" or \"parquet\".")]
    // Unknown keys.
    [InlineData("""{"stream":{"shard":2}}""", "environments.dev.stream.shard = 2: unknown setting. Did you mean 'shards'?")]
    [InlineData("""{"delivery":{"compression":"gzip"}}""", "environments.dev.delivery.compression = \"gzip\": unknown setting. Remove it; known here are bufferMegabytes, bufferSeconds, sourceBackup.")]
    [InlineData("""{"name":"qa"}""", "environments.dev.name = \"qa\": unknown setting. Remove it; known here are account, region, removalPolicy, terminationProtection, pipelines, stream, delivery, iot, network, database, replication, lifecycle, etl, monitoring, queries, logRetentionDays, dataSince, tags, alarmAddresses.")]
    public void Settings_ThatCannotBeUsed_SayWhereWhatAndHow(string environment, string expected) =>
        Errors($$$"""{"context":{"environments":{"dev":{{{environment}}} } } }""").ShouldBe([expected]);

    [Theory]
    [InlineData("""{}""", "environments: no environments. Add an object such as { \"dev\": {} } under context.environments in cdk.json.")]
    [InlineData("""{"context":{}}""", "environments: no environments. Add an object such as { \"dev\": {} } under context.environments in cdk.json.")]
    [InlineData("""{"context":{"environments":{}}}""", "environments = {}: no environments. Add an object such as { \"dev\": {} } under context.environments in cdk.json.")]
    [InlineData("""{"context":{"environments":["dev"]}}""", "environments = [\"dev\"]: no environments. Add an object such as { \"dev\": {} } under context.environments in cdk.json.")]
    [InlineData("""{"context":{"environments":{"my-dev":{}}}}""", "environments.my-dev: not a name for an environment. Use a lower-case letter and up to 11 lower-case letters or digits.")]
    [InlineData("""{"context":{"environments":{"dev":{}},"allowDestroy":"perhaps"}}""", "allowDestroy = \"perhaps\": not true or false. Give true to let stacks delete their data, or remove it.")]
    public void Context_ThatCannotBeUsed_SaysWhereWhatAndHow(string json, string expected) => Errors(json).ShouldBe([expected]);

    [Theory]
    [InlineData("""{}""", "delivery.account: missing. Give the 12 digits of the account in which the pipeline runs.", "delivery.region: missing. Give the Region in which the pipeline runs, such as eu-west-1.", "delivery.source: missing. Give an object with a connectionArn and a repository, or with a codeCommitRepository.")]
    [InlineData("""{"stage":["qa"]}""", "delivery.stage = [\"qa\"]: unknown setting. Did you mean 'stages'?")]
    [InlineData("""{"account":"1","region":"Ireland"}""", "delivery.account = \"1\": not of the expected shape. Give the 12 digits of an account as text.", "delivery.region = \"Ireland\": not of the expected shape. Give a Region such as eu-west-1.")]
    [InlineData("""{"source":{}}""", "delivery.source.connectionArn: missing. Give the ARN of a connection with a repository such as example/pipelines, or a codeCommitRepository.")]
    [InlineData("""{"source":{"connectionArn":"arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-0000-1111-2222-333344445555"}}""", "delivery.source.repository: missing, and a connection needs it. Give owner and repository such as example/pipelines.")]
    [InlineData("""{"source":{"connectionArn":"github"}}""", "delivery.source.connectionArn = \"github\": not of the expected shape. Give the ARN of a connection.")]
    [InlineData("""{"source":{"codeCommitRepository":"a","repository":"b/c"}}""", "delivery.source.codeCommitRepository = \"a\": a second source. Remove it, or connectionArn and repository.")]
    [InlineData("""{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"a"},"trigger":"schedule"}""", "delivery.schedule: missing, and the trigger is a schedule. Give one such as \"cron(0 6 ? * MON-FRI *)\".")]
    [InlineData("""{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"a"},"schedule":"cron(0 6 ? * MON-FRI *)"}""", "delivery.schedule = \"cron(0 6 ? * MON-FRI *)\": not used by this trigger. Remove it, or set trigger to \"schedule\".")]
    [InlineData("""{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"a"},"stages":[]}""", "delivery.stages = []: no stages. Give the environments to deploy to, such as [\"qa\", \"prod\"].")]
    [InlineData("""{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"a"},"stages":["test","far","far","bare"]}""",
        "delivery.stages[0] = \"test\": no environment. Give any of far, bare.",
        "environments.far.region = \"us-east-1\": not the Region of the delivery. Give \"eu-west-1\" here, or this Region to the delivery and all of its stages.",
        "delivery.stages[2] = \"far\": a stage already. Remove it.",
        "environments.bare.account: missing, and it is a stage of the delivery. Give the 12 digits of the account to deploy to.",
        "environments.bare.region: missing, and it is a stage of the delivery. Give the Region of the delivery, \"eu-west-1\".")]
    public void Delivery_ThatCannotBeUsed_SaysWhereWhatAndHow(string delivery, params string[] expected) =>
        Errors($$$"""{"context":{"environments":{"far":{"account":"222222222222","region":"us-east-1"},"bare":{}},"delivery":{{{delivery}}} } }""").ShouldBe(expected);

    [Fact]
    public void Settings_WithSeveralErrors_ReportAllAtOnceInTheirOrder()
    {
        const string json = """{"context":{"environments":{"dev":{"account":"1","stream":{"shard":2,"retentionHours":1}},"prod":{"delivery":{"bufferSeconds":5},"colour":"red"}}}}""";

        var exception = Should.Throw<SettingsException>(() => SettingsFile.Parse(json));

        exception.Errors.Select(error => error[..error.IndexOf(' ', StringComparison.Ordinal)]).ShouldBe(
            ["environments.dev.account", "environments.dev.stream.shard", "environments.dev.stream.retentionHours", "environments.prod.delivery.bufferSeconds", "environments.prod.colour"]);
        exception.Message.ShouldBe(string.Join(Environment.NewLine, exception.Errors));
    }

    [Fact]
    public void Rule_BetweenSettings_IsNotJudgedWhileOneOfThemIsWrong() =>
        Errors("""{"context":{"environments":{"dev":{"stream":{"mode":"provisioned","shards":"two"}}}}}""")
            .ShouldBe(["environments.dev.stream.shards = \"two\": not a whole number. Give a whole number of shards from 1 to 500."]);

    [Fact]
    public void Tags_MoreThanAllowed_AreCounted() =>
        Errors($$$"""{"context":{"environments":{"dev":{"tags":{ {{{string.Join(',', Enumerable.Range(0, 49).Select(i => $"\"k{i}\":\"v\""))}}} } } } } }""")
            .Single().ShouldContain("49 tags are too many");

    private static IReadOnlyList<string> Errors(string json) => Should.Throw<SettingsException>(() => SettingsFile.Parse(json)).Errors;
}
