// Reads synthesised templates (the arguments) and prints what AWS's offline validator and cdk-nag's AwsSolutions find in them, as one JSON array.
// It judges nothing: which findings are explained is for the tests to say.
import { createRequire } from 'node:module';

// The packages belong to the repository, above this script's folder.
const require = createRequire(import.meta.url);
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');
const { App, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const engine = new RegoEngine();
process.stdout.write(JSON.stringify(process.argv.slice(2).flatMap(template => [...validate(template), ...nag(template)])));
engine.free();

function validate(template) {
  // INFO is advice such as "this property is create-only", one per property.
  const { diagnostics } = engine.validateStandard(new TemplateFile(template), { severityLevel: 'WARN' });
  return diagnostics.map(({ ruleId, severity, message, entity }) => ({
    template, tool: 'cloudformation-validate', rule: ruleId, severity, resource: entity?.logicalId ?? '', message,
  }));
}

function nag(template) {
  const stack = new Stack(new App(), 'Checked');
  new CfnInclude(stack, 'Template', { templateFile: template });
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  return violations.flatMap(({ ruleName, description, severity, violatingResources }) => violatingResources.map(({ constructPath }) => ({
    template, tool: 'cdk-nag', rule: ruleName, severity, resource: constructPath.split('/').at(-1), message: description,
  })));
}
