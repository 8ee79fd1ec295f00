/** What starts or changes something that a service runs with a role. */
export interface Launch {
  /** Together with `iam:PassRole` for the role: whoever starts it chooses the role and what runs. */
  readonly passing: readonly string[];
  /** Without: the role is set already, and whoever does this chooses what runs with it. */
  readonly running: readonly string[];
}

/**
 * By the service that a role trusts (IAM User Guide, id_roles_use_passrole, and the services' pages of the
 * Service Authorization Reference).
 */
export const launches: Readonly<Record<string, Launch>> = {
  'codebuild.amazonaws.com': {
    passing: ['codebuild:CreateProject'],
    running: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'],
  },
  'codepipeline.amazonaws.com': {
    passing: ['codepipeline:CreatePipeline'],
    running: ['codepipeline:UpdatePipeline'],
  },
  'lambda.amazonaws.com': {
    passing: ['lambda:CreateFunction'],
    running: ['lambda:UpdateFunctionCode'],
  },
  'ec2.amazonaws.com': {
    passing: ['ec2:RunInstances', 'ec2:AssociateIamInstanceProfile'],
    running: ['ssm:SendCommand', 'ssm:StartSession', 'ec2-instance-connect:SendSSHPublicKey'],
  },
  'ecs-tasks.amazonaws.com': {
    passing: ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    running: ['ecs:ExecuteCommand'],
  },
  'cloudformation.amazonaws.com': {
    passing: ['cloudformation:CreateStack', 'cloudformation:CreateChangeSet'],
    running: ['cloudformation:UpdateStack'],
  },
  'glue.amazonaws.com': { passing: ['glue:CreateJob'], running: ['glue:UpdateJob'] },
  'sagemaker.amazonaws.com': {
    passing: ['sagemaker:CreateNotebookInstance', 'sagemaker:CreateTrainingJob'],
    running: ['sagemaker:CreatePresignedNotebookInstanceUrl'],
  },
  'batch.amazonaws.com': { passing: ['batch:CreateComputeEnvironment'], running: [] },
  'imagebuilder.amazonaws.com': {
    passing: ['imagebuilder:CreateInfrastructureConfiguration'],
    running: ['imagebuilder:StartImagePipelineExecution'],
  },
  'pods.eks.amazonaws.com': { passing: ['eks:CreatePodIdentityAssociation'], running: [] },
  'states.amazonaws.com': {
    passing: ['states:CreateStateMachine'],
    running: ['states:UpdateStateMachine'],
  },
};

/** What makes a new secret for an IAM user, or lets its maker sign in as the user. */
export const userTakeovers = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
] as const;

/** What makes a user a member of a group, and so gives it the rights of those who are in it. */
export const groupTakeovers = ['iam:AddUserToGroup'] as const;

/** What changes who may take a role. */
export const roleTakeovers = ['iam:UpdateAssumeRolePolicy'] as const;

/** What gives an identity, or everybody in a group or with a managed policy, any right there is. */
export const rightsWrites = {
  user: ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  role: ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  group: ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy'],
  policy: ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'],
} as const;
