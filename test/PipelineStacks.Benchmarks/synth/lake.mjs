// The stacks of an environment without pipelines (Storage, Catalog, Analytics), written as one writes them in TypeScript. It synthesises to the
// same templates as the C# app does, which the benchmark checks; what differs in time is what C# and the way through jsii cost.
import { createRequire } from 'node:module';

const require = createRequire(process.env.CDK_LIBRARY + '/');
const { App, Aws, CfnOutput, Duration, RemovalPolicy, Stack, Stage, Tags } = require('aws-cdk-lib');
const { CfnWorkGroup } = require('aws-cdk-lib/aws-athena');
const { CfnDatabase } = require('aws-cdk-lib/aws-glue');
const { PolicyStatement, ServicePrincipal } = require('aws-cdk-lib/aws-iam');
const { Alias, Key } = require('aws-cdk-lib/aws-kms');
const { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, StorageClass } = require('aws-cdk-lib/aws-s3');
const { Construct } = require('constructs');

const removalPolicy = RemovalPolicy.RETAIN;
const expiry = (id, days, prefix) => ({ id, prefix, expiration: Duration.days(days) });
const abortUploads = { id: 'AbortIncompleteUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) };

class EnvironmentStack extends Stack {
  constructor(scope, id, description) {
    super(scope, id, { stackName: `pipelines-dev-${id.toLowerCase()}`, description, terminationProtection: false });
    Tags.of(this).add('project', 'pipelines');
    Tags.of(this).add('environment', 'dev');
  }

  output(name, value, description) {
    new CfnOutput(this, name, { value, description });
  }
}

class DataKey extends Construct {
  constructor(scope, id) {
    super(scope, id);
    const stack = Stack.of(this);
    this.key = new Key(this, 'Key', { description: 'Encrypts the data of pipelines-dev', enableKeyRotation: true, removalPolicy });
    new Alias(this, 'Alias', { aliasName: 'alias/pipelines-dev-data', targetKey: this.key });
    this.key.addToResourcePolicy(new PolicyStatement({
      sid: 'EncryptLogGroups',
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: [
        'kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
      ],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*` } },
    }));
    const encrypt = (sid, services, conditions) => this.key.addToResourcePolicy(new PolicyStatement({
      sid, conditions, principals: services.map(service => new ServicePrincipal(`${service}.amazonaws.com`)), actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'],
    }));
    encrypt('EncryptAlarms', ['cloudwatch', 'budgets'], { StringEquals: { 'aws:SourceAccount': stack.account } });
    encrypt('EncryptEvents', ['events']);
  }
}

class PrivateBucket extends Construct {
  constructor(scope, id, props) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy,
      ...props,
    });
    this.bucket.policy.applyRemovalPolicy(removalPolicy);
  }
}

const byKey = key => ({ encryption: BucketEncryption.KMS, encryptionKey: key.key, bucketKeyEnabled: true });

class Zone extends PrivateBucket {
  constructor(scope, name, key, logs) {
    super(scope, `${name}Zone`, {
      ...byKey(key),
      versioned: true,
      serverAccessLogsBucket: logs.bucket,
      serverAccessLogsPrefix: `${name.toLowerCase()}/`,
      lifecycleRules: [
        { id: 'ExpireNoncurrentVersions', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
        abortUploads,
        {
          id: 'Transition',
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(120) },
          ],
        },
        ...name === 'Landing' ? [expiry('ExpireQuarantine', 90, 'quarantine/'), expiry('ExpireSourceBackup', 30, 'source/')] : [],
      ],
    });
    this.bucket.node.defaultChild.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
  }
}

class StorageStack extends EnvironmentStack {
  constructor(scope) {
    super(scope, 'Storage', 'The zones of the lake: landing, clean and curated');
    this.key = new DataKey(this, 'DataKey');
    const logs = new PrivateBucket(this, 'AccessLogs', { encryption: BucketEncryption.S3_MANAGED, lifecycleRules: [expiry('Expire', 365), abortUploads] });
    this.zones = ['Landing', 'Clean', 'Curated'].map(name => {
      const zone = new Zone(this, name, this.key, logs);
      this.output(`${name}BucketName`, zone.bucket.bucketName, `The bucket of the ${name} zone`);
      return { name, bucket: zone.bucket };
    });
    this.results = new PrivateBucket(this, 'QueryResults', {
      ...byKey(this.key), serverAccessLogsBucket: logs.bucket, serverAccessLogsPrefix: 'results/', lifecycleRules: [expiry('Expire', 30), abortUploads],
    });
    this.output('ResultsBucketName', this.results.bucket.bucketName, 'Results of queries');
  }
}

class ZoneDatabase extends Construct {
  constructor(scope, id, { name, bucket }) {
    super(scope, id);
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: `pipelines_dev_${name.toLowerCase()}`, description: `The ${name} zone of pipelines-dev`, locationUri: bucket.s3UrlForObject() },
    });
  }
}

class CatalogStack extends EnvironmentStack {
  constructor(scope, storage) {
    super(scope, 'Catalog', 'A database per zone, and the tables of the datasets');
    for (const zone of storage.zones) {
      const { database } = new ZoneDatabase(this, `${zone.name}Database`, zone);
      this.output(`${zone.name}DatabaseName`, database.ref, `The database of the ${zone.name} zone`);
    }
  }
}

class QueryWorkGroup extends Construct {
  constructor(scope, id, storage) {
    super(scope, id);
    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: 'pipelines-dev',
      description: 'Queries on the lake of pipelines-dev',
      state: 'ENABLED',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: 10240 * 1024 * 1024,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: storage.results.bucket.s3UrlForObject('athena/'),
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: storage.key.key.keyArn },
        },
      },
    });
  }
}

class AnalyticsStack extends EnvironmentStack {
  constructor(scope, storage) {
    super(scope, 'Analytics', 'The workgroup and saved queries of Athena');
    const { workGroup } = new QueryWorkGroup(this, 'WorkGroup', storage);
    this.output('WorkGroupName', workGroup.ref, 'The workgroup to query in');
  }
}

const app = new App({ analyticsReporting: false });
const stage = new Stage(app, 'Dev');
const storage = new StorageStack(stage);
new CatalogStack(stage, storage);
new AnalyticsStack(stage, storage);
app.synth();
