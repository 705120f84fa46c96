import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0003_contacts'), ('accounts', '0004_stages'), ('accounts', '0005_parameters'), ('accounts', '0006_money_and_problems'), ('accounts', '0007_email'), ('accounts', '0008_stage_targets'), ('accounts', '0009_oversight_parameters')]

    dependencies = [
        ('accounts', '0002_initial'),
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalStage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('operation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.operation')),
                ('code', models.CharField(choices=[('preparation', '准备阶段'), ('implementation', '实施阶段'), ('summary', '总结阶段'), ('normal', '常态化移交')], db_index=True, max_length=20, verbose_name='阶段')),
                ('first_day', models.DateField(verbose_name='开始日期')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('signing_by', models.DateField(blank=True, null=True, verbose_name='协议签订目标日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 阶段',
                'verbose_name_plural': 'historical 阶段s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [],
                'constraints': [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('preparation', '准备阶段'), ('implementation', '实施阶段'), ('summary', '总结阶段'), ('normal', '常态化移交')], max_length=20, unique=True, verbose_name='阶段')),
                ('first_day', models.DateField(verbose_name='开始日期')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('signing_by', models.DateField(blank=True, null=True, verbose_name='协议签订目标日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '阶段',
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='stage_ends_after_start'), models.CheckConstraint(condition=models.Q(('signing_by', None), ('signing_by__gte', models.F('first_day')), _connector='OR'), name='stage_target_within')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='HistoricalStageTarget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('operation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.operation')),
                ('stage', models.CharField(choices=[('preparation', '准备阶段'), ('implementation', '实施阶段'), ('summary', '总结阶段'), ('normal', '常态化移交')], max_length=20, verbose_name='阶段')),
                ('measure', models.CharField(choices=[('signed', '签约率'), ('transferred', '移交率'), ('contacted', '社区对接率'), ('dossiers', '档案移交率'), ('memberships', '党组织关系转接率')], max_length=12, verbose_name='指标')),
                ('percent', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='目标（%）')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='目标日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical 阶段目标',
                'verbose_name_plural': 'historical 阶段目标s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [],
                'constraints': [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='StageTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('preparation', '准备阶段'), ('implementation', '实施阶段'), ('summary', '总结阶段'), ('normal', '常态化移交')], max_length=20, verbose_name='阶段')),
                ('measure', models.CharField(choices=[('signed', '签约率'), ('transferred', '移交率'), ('contacted', '社区对接率'), ('dossiers', '档案移交率'), ('memberships', '党组织关系转接率')], max_length=12, verbose_name='指标')),
                ('percent', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='目标（%）')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='目标日期')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
            ],
            options={
                'verbose_name': '阶段目标',
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('stage', 'measure'), name='one_target_a_stage_and_measure'), models.CheckConstraint(condition=models.Q(('measure__in', ['signed', 'transferred', 'contacted', 'dossiers', 'memberships'])), name='target_measure_known'), models.CheckConstraint(condition=models.Q(('percent', None), models.Q(('percent__gt', 0), ('percent__lte', 100)), _connector='OR'), name='target_is_a_rate'), models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), models.Q(('percent', None), ('measure', 'signed'), _connector='OR')), models.Q(('due_on__isnull', False), ('percent__isnull', False), models.Q(('measure', 'signed'), _negated=True)), _connector='OR'), name='target_has_its_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='target_has_a_source')],
                'indexes': [],
            },
        ),
        migrations.AlterModelOptions(
            name='office',
            options={'base_manager_name': 'objects', 'default_permissions': (), 'ordering': ['path'], 'permissions': [('sign', '签订协议'), ('party', '管理党组织关系'), ('distribute', '分配'), ('receive', '接收'), ('archives', '管理档案'), ('assess', '评估费用'), ('approve', '审批待遇'), ('coordinate', '统筹督办'), ('watch', '查看进度'), ('watch_dossiers', '查看档案移交'), ('watch_party', '查看党组织关系'), ('watch_medical', '查看医保衔接'), ('funding', '管理服务经费'), ('answer', '答复问题'), ('manage_system', '系统管理'), ('manage_security', '安全管理'), ('audit', '审计管理')], 'verbose_name': '单位'},
        ),
        migrations.AddField(
            model_name='enterprise',
            name='address',
            field=models.CharField(blank=True, max_length=160, verbose_name='通讯地址'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='annuity_filing',
            field=models.CharField(blank=True, max_length=60, verbose_name='企业年金方案备案号'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='联系电话'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='supervisor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervised', to='accounts.office', verbose_name='主管部门（单位）'),
        ),
        migrations.AddField(
            model_name='historicalenterprise',
            name='address',
            field=models.CharField(blank=True, max_length=160, verbose_name='通讯地址'),
        ),
        migrations.AddField(
            model_name='historicalenterprise',
            name='annuity_filing',
            field=models.CharField(blank=True, max_length=60, verbose_name='企业年金方案备案号'),
        ),
        migrations.AddField(
            model_name='historicalenterprise',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='联系电话'),
        ),
        migrations.AddField(
            model_name='historicalenterprise',
            name='supervisor',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.office', verbose_name='主管部门（单位）'),
        ),
        migrations.AddField(
            model_name='historicaloffice',
            name='address',
            field=models.CharField(blank=True, max_length=160, verbose_name='办公地址'),
        ),
        migrations.AddField(
            model_name='historicaloffice',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='办公电话'),
        ),
        migrations.AddField(
            model_name='office',
            name='address',
            field=models.CharField(blank=True, max_length=160, verbose_name='办公地址'),
        ),
        migrations.AddField(
            model_name='office',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='办公电话'),
        ),
        migrations.AddField(
            model_name='user',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱'),
        ),
        migrations.AlterField(
            model_name='enterprisegrant',
            name='position',
            field=models.CharField(choices=[('soe_hr', '企业人事专员'), ('soe_group', '企业集团经办'), ('soe_party', '企业党务干部'), ('district', '区市工作机构'), ('street', '镇街经办'), ('community', '社区经办'), ('archivist', '档案管理员'), ('street_party', '镇街党务干部'), ('assessor', '费用评估'), ('approver', '主管部门审批'), ('sasac', '领导小组办公室'), ('organisation', '组织部门'), ('city_archives', '档案指导部门'), ('medical', '医保部门'), ('finance', '财政部门'), ('member', '成员单位'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计管理员')], max_length=20, verbose_name='岗位'),
        ),
        migrations.AlterField(
            model_name='historicalenterprisegrant',
            name='position',
            field=models.CharField(choices=[('soe_hr', '企业人事专员'), ('soe_group', '企业集团经办'), ('soe_party', '企业党务干部'), ('district', '区市工作机构'), ('street', '镇街经办'), ('community', '社区经办'), ('archivist', '档案管理员'), ('street_party', '镇街党务干部'), ('assessor', '费用评估'), ('approver', '主管部门审批'), ('sasac', '领导小组办公室'), ('organisation', '组织部门'), ('city_archives', '档案指导部门'), ('medical', '医保部门'), ('finance', '财政部门'), ('member', '成员单位'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计管理员')], max_length=20, verbose_name='岗位'),
        ),
        migrations.AlterField(
            model_name='historicalofficegrant',
            name='position',
            field=models.CharField(choices=[('soe_hr', '企业人事专员'), ('soe_group', '企业集团经办'), ('soe_party', '企业党务干部'), ('district', '区市工作机构'), ('street', '镇街经办'), ('community', '社区经办'), ('archivist', '档案管理员'), ('street_party', '镇街党务干部'), ('assessor', '费用评估'), ('approver', '主管部门审批'), ('sasac', '领导小组办公室'), ('organisation', '组织部门'), ('city_archives', '档案指导部门'), ('medical', '医保部门'), ('finance', '财政部门'), ('member', '成员单位'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计管理员')], max_length=20, verbose_name='岗位'),
        ),
        migrations.AlterField(
            model_name='historicalparameter',
            name='code',
            field=models.CharField(choices=[('submit_days', '退休后上报期限'), ('answer_days', '镇街答复期限'), ('distribute_days', '区市分配期限'), ('take_back_days', '企业收回退件期限'), ('contact_days', '接收后首次联系期限'), ('issue_days', '组织关系转出期限'), ('letter_days', '组织关系介绍信最长有效期'), ('receipt_days', '介绍信回执期限'), ('branch_days', '编入党支部期限'), ('dossier_days', '档案移交期限'), ('shipment_days', '档案批次核收期限'), ('receive_before_payment', '档案整理费到账前可以核收'), ('transition_start', '统筹外费用过渡期起算日'), ('transition_months', '统筹外费用过渡期'), ('vulnerable_before_annuity', '弱势群体保留优先于企业年金停发'), ('vulnerable_widely', '“等弱势群体”包括残疾、重病、特困、低保人员'), ('annuity_ends_existing', '已实施企业年金的，已退休人员也停发'), ('lump_floor_months', '一次性支付最少计发月数'), ('medical_days', '医保关系衔接期限'), ('count_day', '经费人数统计日'), ('assign_days', '问题交办期限'), ('problem_days', '问题答复期限'), ('notice_days', '督办答复期限'), ('confirm_month', '年度健在和联系方式核实截止月份'), ('visit_days', '特殊群体走访间隔'), ('escalate_second', '逾期提级到上级单位'), ('escalate_third', '逾期提级到领导小组办公室'), ('export_rows_per_day', '每人每日免批准导出行数')], max_length=40, verbose_name='参数'),
        ),
        migrations.AlterField(
            model_name='officegrant',
            name='position',
            field=models.CharField(choices=[('soe_hr', '企业人事专员'), ('soe_group', '企业集团经办'), ('soe_party', '企业党务干部'), ('district', '区市工作机构'), ('street', '镇街经办'), ('community', '社区经办'), ('archivist', '档案管理员'), ('street_party', '镇街党务干部'), ('assessor', '费用评估'), ('approver', '主管部门审批'), ('sasac', '领导小组办公室'), ('organisation', '组织部门'), ('city_archives', '档案指导部门'), ('medical', '医保部门'), ('finance', '财政部门'), ('member', '成员单位'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('auditor', '审计管理员')], max_length=20, verbose_name='岗位'),
        ),
        migrations.AlterField(
            model_name='parameter',
            name='code',
            field=models.CharField(choices=[('submit_days', '退休后上报期限'), ('answer_days', '镇街答复期限'), ('distribute_days', '区市分配期限'), ('take_back_days', '企业收回退件期限'), ('contact_days', '接收后首次联系期限'), ('issue_days', '组织关系转出期限'), ('letter_days', '组织关系介绍信最长有效期'), ('receipt_days', '介绍信回执期限'), ('branch_days', '编入党支部期限'), ('dossier_days', '档案移交期限'), ('shipment_days', '档案批次核收期限'), ('receive_before_payment', '档案整理费到账前可以核收'), ('transition_start', '统筹外费用过渡期起算日'), ('transition_months', '统筹外费用过渡期'), ('vulnerable_before_annuity', '弱势群体保留优先于企业年金停发'), ('vulnerable_widely', '“等弱势群体”包括残疾、重病、特困、低保人员'), ('annuity_ends_existing', '已实施企业年金的，已退休人员也停发'), ('lump_floor_months', '一次性支付最少计发月数'), ('medical_days', '医保关系衔接期限'), ('count_day', '经费人数统计日'), ('assign_days', '问题交办期限'), ('problem_days', '问题答复期限'), ('notice_days', '督办答复期限'), ('confirm_month', '年度健在和联系方式核实截止月份'), ('visit_days', '特殊群体走访间隔'), ('escalate_second', '逾期提级到上级单位'), ('escalate_third', '逾期提级到领导小组办公室'), ('export_rows_per_day', '每人每日免批准导出行数')], max_length=40, verbose_name='参数'),
        ),
    ]
