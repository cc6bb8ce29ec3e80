// Reads synthesised templates (the arguments) and writes what AWS's offline validator and cdk-nag's AwsSolutions find in them, as one JSON
// document. It judges nothing: which findings are explained is for the tests to say.
import { basename } from 'node:path';
import { createRequire } from 'node:module';

// The packages belong to the project and not to this script's folder.
const require = createRequire(import.meta.url);
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');
const { App, Stack, CfnResource } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const engine = new RegoEngine();
const templates = process.argv.slice(2).map(path => ({ template: basename(path), findings: [...validate(path), ...nag(path)] }));
engine.free();
process.stdout.write(JSON.stringify(templates));

function validate(path) {
  return engine.validateStandard(new TemplateFile(path)).diagnostics.map(diagnostic => ({
    tool: 'cloudformation-validate', raw: diagnostic,
  }));
}

function nag(path) {
  const stack = new Stack(new App(), 'Checked');
  new CfnInclude(stack, 'Template', { templateFile: path });
  const report = new AwsSolutionsChecks().validateScope(stack);
  return [{ tool: 'cdk-nag', raw: report }];
}
